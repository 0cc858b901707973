#include "core/database/roster/roster_editions.h"

#include <algorithm>
#include <bit>
#include <span>

#include "core/database/roster/private/roster_columns.h"

namespace portal {
namespace {

const Columns<RosterEdition> kColumns = {
    {"number", &RosterEdition::number},
    {"previous", &RosterEdition::previous},
    {"state", &RosterEdition::state},
    {"owner", &RosterEdition::owner},
    {"leased_until", &RosterEdition::leased_until},
    {"started_at", &RosterEdition::started_at},
    {"finished_at", &RosterEdition::finished_at},
    {"file", &RosterEdition::file},
    {"scope", &RosterEdition::scope},
    {"counts", &RosterEdition::counts},
};

const std::string kSelect = kColumns.select_from("roster_edition");
const std::string kFind = kSelect + "WHERE number = $1";
const std::string kNewest = kSelect + "ORDER BY number DESC LIMIT $1";
const std::string kStaging = kSelect + "WHERE state = 'staging' ORDER BY number DESC";

// A transaction that changes the current edition, or writes into it, locks this row first.
const std::string kLock = "UPDATE roster_current SET edition = edition";
const std::string kNewestNumber = "SELECT MAX(number) FROM roster_edition";
const std::string kCurrent = "SELECT edition FROM roster_current";
const std::string kPoint = "UPDATE roster_current SET edition = $1";

const std::string kFailOthers =
    "UPDATE roster_edition SET state = 'failed', finished_at = $1 WHERE state = 'staging'";
const std::string kFail = kFailOthers + " AND number = $2";
const std::string kDrop = "DELETE FROM roster_edition WHERE number = $1 AND state = 'staging'";
const std::string kBegin =
    kColumns.insert_into("roster_edition") + "ON CONFLICT (number) DO NOTHING";
const std::string kRenew =
    "UPDATE roster_edition SET leased_until = $1 WHERE number = $2 AND state = 'staging'";
const std::string kFinish =
    "UPDATE roster_edition SET state = 'current', finished_at = $1, counts = $2 WHERE number = $3";
const std::string kSetState = "UPDATE roster_edition SET state = $1 WHERE number = $2";
const std::string kUndoneAfter =
    "SELECT COUNT(*) FROM roster_edition WHERE number > $1 AND state = 'undone'";

const std::string kEnd =
    "UPDATE roster_version SET to_edition = $1 WHERE to_edition = $2 AND from_edition < $1 "
    "AND registration_number IN (" +
    places(3, Roster::kBatch) + ")";
// One statement for each row would be one round trip for each row on PostgreSQL. But Poco makes
// SQLite parse the statement each time, which takes time that grows with the square of its
// parameters.
constexpr std::size_t kMostAtOnce = 16;
const std::string kUnchanged =
    "institution, " + clinic_columns().without("closed_at").names();  // when a clinic closes
const std::string kClosed =
    "INSERT INTO roster_version (from_edition, to_edition, closed_at, " + kUnchanged +
    ") SELECT to_edition, $1, $2, " + kUnchanged +
    " FROM roster_version WHERE to_edition = $3 AND registration_number IN (" +
    places(4, Roster::kBatch) + ")";

// Rows that never become visible again: those of editions after the current one, …
const std::string kNotPublished = "from_edition > $1";
// … and those of editions before the one that an undo would make current.
const std::string kTooOld = "to_edition <= $1";
const std::string kEndedByNone = "to_edition > $1 AND to_edition < 1000000000";
const std::string kReopen =
    "UPDATE roster_version SET to_edition = 1000000000 WHERE " + kEndedByNone +
    " AND registration_number IN (SELECT registration_number FROM roster_version WHERE " +
    kEndedByNone + " LIMIT $2)";
const std::string kSweepQuarantine =
    "DELETE FROM roster_quarantine WHERE id IN "
    "(SELECT id FROM roster_quarantine WHERE edition > $1 LIMIT $2)";

void insert(Connection& connection, std::int64_t edition, std::span<const Clinic> clinics) {
  Values values;
  for (const Clinic& clinic : clinics) {
    stored_columns().append(values, newest_version(edition, clinic));
  }
  connection.execute(stored_columns().insert_into("roster_version", clinics.size()), values);
}

}  // namespace

void RosterEditions::avoid_full_scans() {
  if (!connection_.is_postgresql()) return;
  connection_.execute_once("SET enable_seqscan TO off");
  connection_.execute_once("SET jit TO off");  // enable_seqscan raises costs, which would start JIT
}

std::optional<RosterEdition> RosterEditions::find(std::int64_t number) {
  return kColumns.first(connection_, kFind, {number});
}

std::vector<RosterEdition> RosterEditions::newest(int most) {
  return kColumns.all(connection_, kNewest, {most});
}

void RosterEditions::lock() {
  connection_.execute(kLock);
}

std::optional<RosterEdition> RosterEditions::staging() {
  return kColumns.first(connection_, kStaging, {});
}

Result<std::int64_t> RosterEditions::begin(const RosterEdition& edition) {
  lock();
  connection_.execute(kFailOthers, {edition.started_at});
  RosterEdition row = edition;
  row.number = connection_.number(kNewestNumber) + 1;
  row.previous = connection_.number(kCurrent);
  row.state = "staging";
  if (connection_.execute(kBegin, kColumns.values(row)) == 0) {
    return refused("another import of the roster has just begun: try again when it has ended");
  }
  return row.number;
}

bool RosterEditions::renew(std::int64_t number, EpochSeconds until) {
  return connection_.execute(kRenew, {until, number}) == 1;
}

void RosterEditions::stage(std::int64_t number, const std::vector<Clinic>& clinics) {
  if (clinics.empty()) return;
  std::vector<RegistrationNumber> numbers;
  numbers.reserve(clinics.size());
  for (const Clinic& clinic : clinics) numbers.push_back(clinic.number);
  Values ended = {number, kForever};
  append_batch(ended, numbers);
  connection_.execute(kEnd, ended);
  // The sizes are powers of two: each size is a statement of its own, which is kept.
  for (std::span<const Clinic> rest = clinics; !rest.empty();) {
    const std::size_t count = std::min(kMostAtOnce, std::bit_floor(rest.size()));
    insert(connection_, number, rest.first(count));
    rest = rest.subspan(count);
  }
}

void RosterEditions::stage_closed(std::int64_t number,
                                  const std::vector<RegistrationNumber>& numbers, EpochSeconds at) {
  if (numbers.empty()) return;
  Values ended = {number, kForever};
  append_batch(ended, numbers);
  connection_.execute(kEnd, ended);
  Values closed = {kForever, at, number};
  append_batch(closed, numbers);
  connection_.execute(kClosed, closed);
}

void RosterEditions::publish(const RosterEdition& edition) {
  lock();
  connection_.execute(kSetState, {"past", connection_.number(kCurrent)});
  connection_.execute(kFinish, {edition.finished_at, edition.counts, edition.number});
  connection_.execute(kPoint, {edition.number});
}

void RosterEditions::fail(std::int64_t number, EpochSeconds now) {
  connection_.execute(kFail, {now, number});
}

void RosterEditions::drop(std::int64_t number) {
  connection_.execute(kDrop, {number});
}

Result<RosterEdition> RosterEditions::undoable() {
  auto current = find(connection_.number(kCurrent));
  if (!current || current->previous == 0) return refused("there is no import that could be undone");
  if (connection_.number(kUndoneAfter, {current->number}) > 0) {
    return refused("the last import is undone already; only the last one can be undone");
  }
  return std::move(*current);
}

Result<RosterEdition> RosterEditions::undo(EpochSeconds now) {
  lock();
  auto current = undoable();
  if (!current) return current;
  connection_.execute(kFailOthers, {now});
  connection_.execute(kPoint, {current->previous});
  connection_.execute(kSetState, {"undone", current->number});
  connection_.execute(kSetState, {"current", current->previous});
  return current;
}

std::size_t RosterEditions::sweep_rows(const std::string& what, std::int64_t edition) {
  return connection_.execute(
      "DELETE FROM roster_version WHERE " + what +
          " AND registration_number IN (SELECT registration_number FROM roster_version WHERE " +
          what + " LIMIT $2)",
      {edition, static_cast<int>(Roster::kBatch)});
}

std::size_t RosterEditions::sweep(std::int64_t own) {
  lock();
  const auto other = staging();
  if (other && other->number != own) return 0;
  const auto current = find(connection_.number(kCurrent));
  if (!current) return 0;
  if (const auto rows = sweep_rows(kNotPublished, current->number); rows > 0) return rows;
  const Values batch = {current->number, static_cast<int>(Roster::kBatch)};
  if (const auto rows = connection_.execute(kReopen, batch); rows > 0) return rows;
  if (const auto rows = sweep_rows(kTooOld, current->previous); rows > 0) return rows;
  return connection_.execute(kSweepQuarantine, batch);
}

}  // namespace portal
