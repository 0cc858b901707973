#include "core/journal/timeline.h"

#include <chrono>
#include <optional>
#include <string>

#include "core/base/log.h"
#include "core/database/database.h"
#include "core/journal/admission.h"
#include "core/security/token.h"

namespace portal {
namespace {

// The hash includes the kind, so that a phone number does not find the registration number of the
// same digits.
std::string hash_of(std::string_view kind, std::string_view value) {
  return value.empty() ? "" : token_hash(std::string(kind).append(":").append(value));
}

// The nanoseconds since 1970, of which there will be nineteen digits until 2286. They order what
// one person does within a second of the timeline. That is the second in which a request began: the
// clock may be in the next one by now.
std::string moment() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return std::to_string(std::chrono::nanoseconds(since_epoch).count());
}

}  // namespace

EventOwner event_owner(std::string_view email_key, std::string_view number,
                       std::string_view phone) {
  return {hash_of("email", email_key), hash_of("number", number), hash_of("phone", phone)};
}

std::optional<Store> store_of(const TimelineEntry& entry) {
  if (!entry.registration.empty()) return std::nullopt;
  const bool of_nobody = entry.email_key.empty() && entry.number.empty() && entry.phone.empty();
  return of_nobody ? Store::kTimelineOfNobody : Store::kTimeline;
}

EventRow timeline_row(EpochSeconds now, const TimelineEntry& entry) {
  const EventOwner owner = event_owner(entry.email_key, entry.number, entry.phone);
  EventRow row;
  row.id = event_id(now, moment() + "-" + draw_id());
  row.at = now;
  row.name = name_of(entry.event);
  row.email_hash = owner.email_hash;
  row.number_hash = owner.number_hash;
  row.phone_hash = owner.phone_hash;
  row.registration_id = entry.registration;
  row.request_id = entry.request_id;
  row.detail = entry.detail;
  return row;
}

void log_timeline_event(const Request& request, const TimelineEntry& entry) {
  const TimelineEventKind& kind = kind_of(entry.event);
  log::write(kind.level, kind.name,
             {{"registration", std::string(entry.registration)},
              {"detail", std::string(entry.detail)},
              {"client", request.client.address()},
              {"request", request.id}});
}

void record_timeline_event(Connection& connection, const Request& request, EpochSeconds now,
                           TimelineEntry entry) {
  entry.request_id = request.id;
  const auto store = store_of(entry);
  if (!store || admit_row(connection, *store, request.client.network(), now)) {
    record_timeline_event(connection, now, entry);
  }
  // By then what the entry refers to may have gone.
  after_commit(connection, [&request, event = entry.event,
                            registration = std::string(entry.registration),
                            detail = std::string(entry.detail)] {
    log_timeline_event(request, {.event = event, .registration = registration, .detail = detail});
  });
}

void record_timeline_event(Connection& connection, EpochSeconds now, const TimelineEntry& entry) {
  Events(connection).add(timeline_row(now, entry));
}

}  // namespace portal
