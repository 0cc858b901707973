// What happens on the way to a registration, kept so that the call centre can tell what came of it
// (`portalctl timeline`). Unlike the audit it is purged (retention.event_days), and losing a row
// fails no request. What a request did is a line of the log, too, once it is committed: without
// what would tell who it was.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/database/journal/timeline_events.h"
#include "core/http/request.h"

namespace portal {

class Connection;

struct EventKind {
  std::string_view name;
  std::string_view meaning;  // a few words, for operators
  log::Level level = log::Level::kInfo;
};

std::span<const EventKind> event_kinds();
// Empty if there is no such name.
std::string_view event_meaning(std::string_view name);

struct Event {
  std::string_view name;               // one of event_kinds()
  std::string_view email_key = "";     // whose it is: what is known of these
  std::string_view number = "";        // registration number
  std::string_view phone = "";         // digits
  std::string_view registration = "";  // its id
  std::string_view detail = "";        // never a value that was entered
  std::string_view request_id = "";    // of what did it, if a request did
};

// Within the transaction of what happened.
void note(Connection& connection, EpochSeconds now, const Event& event);
// The same, done by that request.
void note(Connection& connection, const Request& request, EpochSeconds now, Event event);

// Finds the events again; an empty one is nobody's.
EventOwner event_owner(std::string_view email_key, std::string_view number, std::string_view phone);

}  // namespace portal
