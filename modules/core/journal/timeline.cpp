#include "core/journal/timeline.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <chrono>
#include <string>

#include "core/database/database.h"
#include "core/security/token.h"

namespace portal {
namespace {

constexpr std::array kKinds = {
    EventKind{"form_refused", "the form was sent with mistakes, in these fields"},
    EventKind{"form_accepted", "the form was sent without a mistake: 確認画面"},
    EventKind{"ok_pressed", "OK was pressed at 確認画面"},
    EventKind{"link_opened", "the link in the mail was opened"},
    EventKind{"link_password_wrong", "a wrong password was entered at the link",
              log::Level::kWarning},
    EventKind{"waiting_asked", "left the address, to be told when the clinic is in the roster"},
    EventKind{"waiting_told", "the clinic is in the roster: the mail about it was queued"},
    EventKind{"waiting_withdrawn", "does not want to be told any more"},
};

// The kind, so that a phone number is not found as the registration number of the same digits.
std::string hash_of(std::string_view kind, std::string_view value) {
  return value.empty() ? "" : token_hash(std::string(kind).append(":").append(value));
}

// Nine digits: what one person does within a second stands in its order.
std::string nanoseconds() {
  constexpr std::size_t kDigits = 9;
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  const auto rest = std::chrono::nanoseconds(since_epoch) % std::chrono::seconds(1);
  const std::string digits = std::to_string(rest.count());
  return std::string(kDigits - digits.size(), '0') + digits;
}

}  // namespace

std::span<const EventKind> event_kinds() {
  return kKinds;
}

std::string_view event_meaning(std::string_view name) {
  const auto* const found = std::ranges::find(kKinds, name, &EventKind::name);
  return found == kKinds.end() ? "" : found->meaning;
}

EventOwner event_owner(std::string_view email_key, std::string_view number,
                       std::string_view phone) {
  return {hash_of("email", email_key), hash_of("number", number), hash_of("phone", phone)};
}

void note(Connection& connection, const Request& request, EpochSeconds now, Event event) {
  event.request_id = request.id;
  note(connection, now, event);
  after_commit(connection, [kind = *std::ranges::find(kKinds, event.name, &EventKind::name),
                            registration = std::string(event.registration),
                            detail = std::string(event.detail), client = request.client,
                            id = request.id] {
    log::write(
        kind.level, kind.name,
        {{"registration", registration}, {"detail", detail}, {"client", client}, {"request", id}});
  });
}

void note(Connection& connection, EpochSeconds now, const Event& event) {
  assert(!event_meaning(event.name).empty());
  const EventOwner owner = event_owner(event.email_key, event.number, event.phone);
  EventRow row;
  row.id = event_id(now, nanoseconds() + "-" + draw_id());
  row.at = now;
  row.name = event.name;
  row.email_hash = owner.email_hash;
  row.number_hash = owner.number_hash;
  row.phone_hash = owner.phone_hash;
  row.registration_id = event.registration;
  row.request_id = event.request_id;
  row.detail = event.detail;
  Events(connection).add(row);
}

}  // namespace portal
