#include "core/database/registration/waiting.h"

#include "core/database/engine/columns.h"

namespace portal {
namespace {

const Columns<WaitingEntry> kColumns = {
    {"id", &WaitingEntry::id},
    {"registration_number", &WaitingEntry::number},
    {"email", &WaitingEntry::email},
    {"email_key", &WaitingEntry::email_key},
    {"network", &WaitingEntry::network},
    {"created_at", &WaitingEntry::created_at},
    {"notified_at", &WaitingEntry::notified_at},
};

const std::string kPut = kColumns.insert_into("waiting") +
                         "ON CONFLICT (registration_number, email_key) DO UPDATE SET id = $1, "
                         "email = $3, network = $5, created_at = $6, notified_at = $7";
const std::string kFind = kColumns.select_from("waiting") + "WHERE id = $1";
const std::string kOf = kColumns.select_from("waiting") +
                        "WHERE (email_key = $1 AND $1 <> '') "
                        "OR (registration_number = $2 AND $2 <> '') "
                        "ORDER BY created_at DESC, id LIMIT $3";
// It counts, and does not ask whether one EXISTS: for that PostgreSQL would read the whole roster.
const std::string kDue =
    "notified_at = 0 AND (SELECT COUNT(*) FROM roster_version AS clinic, roster_current "
    "WHERE clinic.registration_number = waiting.registration_number AND clinic.closed_at = 0 "
    "AND clinic.from_edition <= roster_current.edition "
    "AND roster_current.edition < clinic.to_edition) > 0";
const std::string kLook =
    "SELECT COALESCE(MAX(id), ''), COUNT(*), COALESCE(MAX(due), 0) FROM (SELECT id, CASE WHEN " +
    kDue + " THEN 1 ELSE 0 END AS due FROM waiting WHERE id > $1 ORDER BY id LIMIT $2) AS part";
// The statement has a condition twice, because PostgreSQL checks a row again after it has waited
// for it.
const std::string kTakeListed =
    "UPDATE waiting SET notified_at = $1 WHERE id IN (SELECT waiting.id FROM waiting "
    "WHERE id > $2 AND id <= $3 AND " +
    kDue + " LIMIT $4) AND notified_at = 0 RETURNING " + kColumns.names();
const std::string kRemove = "DELETE FROM waiting WHERE id = $1";
const std::string kRemoveAll = "DELETE FROM waiting WHERE email_key = $1";
const std::string kPurge =
    "DELETE FROM waiting WHERE id IN (SELECT id FROM waiting WHERE created_at < $1 LIMIT $2) "
    "AND created_at < $1";

}  // namespace

void Waiting::put(const WaitingEntry& entry) {
  connection_.execute(kPut, kColumns.values(entry));
}

std::optional<WaitingEntry> Waiting::find(std::string_view id) {
  return kColumns.first(connection_, kFind, {id});
}

std::vector<WaitingEntry> Waiting::of(std::string_view email_key,
                                      const std::optional<RegistrationNumber>& number, int most) {
  return kColumns.all(connection_, kOf, {email_key, number, most});
}

WaitingPart Waiting::look(std::string_view after, int most) {
  Row found = connection_.select(kLook, 3, {after, most}).at(0);
  return {std::string(after), std::move(found[0]), Poco::NumberParser::parse(found[1]),
          found[2] != "0"};
}

std::vector<WaitingEntry> Waiting::take_listed(EpochSeconds now, const WaitingPart& part,
                                               int most) {
  return kColumns.all(connection_, kTakeListed, {now, part.after, part.last, most});
}

bool Waiting::remove(std::string_view id) {
  return connection_.execute(kRemove, {id}) == 1;
}

int Waiting::remove_all(std::string_view email_key) {
  return static_cast<int>(connection_.execute(kRemoveAll, {email_key}));
}

int Waiting::purge(EpochSeconds created_before, int most) {
  return static_cast<int>(connection_.execute(kPurge, {created_before, most}));
}

}  // namespace portal
