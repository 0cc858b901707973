#include "core/database/journal/timeline_events.h"

#include <algorithm>

#include "core/database/engine/columns.h"
#include "core/text/text.h"

namespace portal {
namespace {

const Columns<EventRow> kColumns = {
    {"id", &EventRow::id},
    {"at", &EventRow::at},
    {"name", &EventRow::name},
    {"email_hash", &EventRow::email_hash},
    {"number_hash", &EventRow::number_hash},
    {"phone_hash", &EventRow::phone_hash},
    {"registration_id", &EventRow::registration_id},
    {"request_id", &EventRow::request_id},
    {"detail", &EventRow::detail},
};

const std::string kAdd = kColumns.insert_into("event");
// The conditions are those of the partial indexes: an empty hash belongs to nobody.
const std::string kOf = kColumns.select_from("event") +
                        "WHERE (email_hash = $1 AND email_hash <> '') "
                        "OR (number_hash = $2 AND number_hash <> '') "
                        "OR (phone_hash = $3 AND phone_hash <> '') ORDER BY id DESC LIMIT $4";
const std::string kOfRegistration =
    kColumns.select_from("event") +
    "WHERE registration_id = $1 AND registration_id <> '' ORDER BY id DESC LIMIT $2";
const std::string kOfRequest =
    kColumns.select_from("event") + "WHERE request_id LIKE $1 ORDER BY id DESC LIMIT $2";
const std::string kPurge =
    "DELETE FROM event WHERE id IN (SELECT id FROM event WHERE id < $1 ORDER BY id LIMIT $2)";

}  // namespace

std::string event_id(EpochSeconds at, std::string_view rest) {
  constexpr std::size_t kDigits = 12;
  std::string time = std::to_string(at);
  time.insert(0, kDigits - std::min(time.size(), kDigits), '0');
  return time.append("-").append(rest);
}

void Events::add(const EventRow& row) {
  EventRow stored = row;
  stored.detail = text::repaired(row.detail);
  connection_.execute(kAdd, kColumns.values(stored));
}

std::vector<EventRow> Events::of(const EventOwner& owner, int most) {
  return kColumns.all(connection_, kOf,
                      {owner.email_hash, owner.number_hash, owner.phone_hash, most});
}

std::vector<EventRow> Events::of_registration(std::string_view registration_id, int most) {
  return kColumns.all(connection_, kOfRegistration, {registration_id, most});
}

std::vector<EventRow> Events::of_request(std::string_view prefix, int most) {
  return kColumns.all(connection_, kOfRequest, {std::string(prefix) + '%', most});
}

int Events::purge(EpochSeconds before, int most) {
  return static_cast<int>(connection_.execute(kPurge, {event_id(before, ""), most}));
}

}  // namespace portal
