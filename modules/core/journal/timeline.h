// The timeline: a book of what happened on the way to a registration, so that the call centre can
// tell what came of it (`portalctl timeline`). Its events stand in
// core/database/journal/timeline_event.h.
//
// Unlike the audit it is purged (retention.event_days), and losing a row fails no request. What a
// request did is also a line of the log, once it is committed, without what would tell who it was.
#pragma once

#include <string_view>

#include "core/base/clock.h"
#include "core/database/journal/timeline_event.h"
#include "core/database/journal/timeline_events.h"
#include "core/http/request.h"

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

// Adds the row in the transaction of what happened.
void record_timeline_event(Connection& connection, EpochSeconds now, const TimelineEntry& entry);
// The same, for what that request did. Before there is a registration, that has a ceiling, beyond
// which it is only counted (admission.h); the line of the log is written all the same.
void record_timeline_event(Connection& connection, const Request& request, EpochSeconds now,
                           TimelineEntry entry);

// Under which hashes the rows of that address, number and phone are found; an empty one is
// nobody's.
EventOwner event_owner(std::string_view email_key, std::string_view number, std::string_view phone);

}  // namespace portal
