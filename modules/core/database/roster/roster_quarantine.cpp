#include "core/database/roster/roster_quarantine.h"

#include "core/database/roster/private/roster_columns.h"

namespace portal {

template <>
struct Stored<RowReason> {
  static std::optional<RowReason> read(const std::string& text) {
    return RowReason::from_stored(text);
  }
  static std::string write(const RowReason& reason) { return reason.stored(); }
};

namespace {

const Columns<QuarantinedRow> kOwnColumns = {
    {"id", &QuarantinedRow::id},
    {"edition", &QuarantinedRow::edition},
    {"file", &QuarantinedRow::file},
    {"line", &QuarantinedRow::line},
    {"reason", &QuarantinedRow::reason},
    {"registration_number", &QuarantinedRow::number},
    {"given_number", &QuarantinedRow::given_number},
};
const Columns<QuarantinedRow> kColumns = kOwnColumns.with(clinic_details_columns());

const std::string kPublished = "edition <= (SELECT edition FROM roster_current) ";
const std::string kAdd = kColumns.insert_into("roster_quarantine");
const std::string kNewestId = "SELECT COALESCE(MAX(id), 0) FROM roster_quarantine";
const std::string kFind =
    kColumns.select_from("roster_quarantine") + "WHERE id = $1 AND " + kPublished;
const std::string kList = kColumns.select_from("roster_quarantine") + "WHERE id > $1 AND " +
                          kPublished + "ORDER BY id LIMIT $2";
const std::string kCount = "SELECT COUNT(*) FROM roster_quarantine WHERE " + kPublished;
const std::string kRemove = "DELETE FROM roster_quarantine WHERE id = $1 AND " + kPublished;
const std::string kClear =
    "DELETE FROM roster_quarantine WHERE id IN (SELECT id FROM roster_quarantine WHERE " +
    kPublished + "LIMIT $1)";
const std::string kRemoveRepeated =
    "DELETE FROM roster_quarantine WHERE id IN (SELECT id FROM roster_quarantine AS old "
    "WHERE edition < $1 AND EXISTS (SELECT 1 FROM roster_quarantine AS again "
    "WHERE again.given_number = old.given_number AND again.clinic_name = old.clinic_name "
    "AND again.edition = $1) LIMIT $2)";

}  // namespace

void RosterQuarantine::add(std::vector<QuarantinedRow> rows) {
  if (rows.empty()) return;
  std::int64_t id = connection_.number(kNewestId);
  for (QuarantinedRow& row : rows) {
    row.id = ++id;
    connection_.execute(kAdd, kColumns.values(row));
  }
}

std::optional<QuarantinedRow> RosterQuarantine::find(std::int64_t id) {
  return kColumns.first(connection_, kFind, {id});
}

std::vector<QuarantinedRow> RosterQuarantine::list(std::int64_t id, int most) {
  return kColumns.all(connection_, kList, {id, most});
}

std::int64_t RosterQuarantine::count() {
  return connection_.number(kCount);
}

bool RosterQuarantine::remove(std::int64_t id) {
  return connection_.execute(kRemove, {id}) == 1;
}

std::size_t RosterQuarantine::clear(int most) {
  return connection_.execute(kClear, {most});
}

std::size_t RosterQuarantine::remove_repeated(std::int64_t edition, int most) {
  return connection_.execute(kRemoveRepeated, {edition, most});
}

}  // namespace portal
