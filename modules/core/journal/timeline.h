// The timeline: a book of what happened on the way to a registration, so that the call centre can
// tell what came of it (`portalctl timeline`). Its events stand in
// core/database/journal/timeline_event.h.
//
// Unlike the audit it is purged (retention.event_days), and losing a row fails no request. A row
// that tells of a change commits with it, here. One that tells of none waits in a TimelineQueue
// (timeline_queue.h) instead of making the request wait. What a request did is also a line of the
// log, without what would tell who it was.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/clock.h"
#include "core/database/journal/timeline_event.h"
#include "core/database/journal/timeline_events.h"
#include "core/http/request.h"
#include "core/registration/stores.h"

namespace portal {

class Connection;

// What is to be written. Whom it belongs to is kept as hashes only.
struct TimelineEntry {
  TimelineEvent event;
  std::string_view email_key = "";     // of the address; empty: not known
  std::string_view number = "";        // registration number; empty: not known
  std::string_view phone = "";         // digits; empty: not known
  std::string_view registration = "";  // its id; empty: there is none yet
  std::string_view detail = "";        // never a value that was entered
  std::string_view request_id = "";    // of the request that did it; empty: none did
};

// Adds the row in the transaction of what happened. The line of the log follows the commit.
void record_timeline_event(Connection& connection, EpochSeconds now, const TimelineEntry& entry);
// The same, for what that request did. Before there is a registration, that has a ceiling, beyond
// which it is only counted (admission.h); the line of the log is written all the same.
void record_timeline_event(Connection& connection, const Request& request, EpochSeconds now,
                           TimelineEntry entry);

// The row itself, with an id by which it stands in the order of time.
EventRow timeline_row(EpochSeconds now, const TimelineEntry& entry);

// Whose ceiling bounds what anybody can add. Nothing: none does, because it happens to a
// registration, which costs a password hash.
std::optional<Store> store_of(const TimelineEntry& entry);

// The line of the log.
void log_timeline_event(const Request& request, const TimelineEntry& entry);

// Under which hashes the rows of that address, number and phone are found; an empty one is
// nobody's.
EventOwner event_owner(std::string_view email_key, std::string_view number, std::string_view phone);

}  // namespace portal
