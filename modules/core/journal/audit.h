// What the audit knows of: the names of its events, and how one is written.
#pragma once

#include <span>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/http/request.h"

namespace portal {

class Connection;

struct AuditEvent {
  std::string_view name;
  std::string_view meaning;  // one sentence, for operators
  log::Level level = log::Level::kInfo;
};

// All of them.
std::span<const AuditEvent> audit_events();
bool is_audit_event(std::string_view name);

// A row's values that are not drawn here.
struct AuditEntry {
  std::string_view event;
  std::string_view account_id;  // or the registration's; may be empty
  EpochSeconds at = 0;
  std::string_view client = "";  // its address; empty: an operator's doing
  std::string_view request_id = "";
  std::string_view detail = "";  // never a password, token or address in full
};

// Adds the row in the transaction of what happened. What a request did is a line of the log, too,
// once that is committed. Precondition: is_audit_event(entry.event).
void record(Connection& connection, const AuditEntry& entry);

// The same, of what a request did.
void record(Connection& connection, const Request& request, EpochSeconds now,
            std::string_view event, std::string_view account_id);

}  // namespace portal
