// The audit: a book of what happened to accounts and what operators did. It is append only and is
// sealed (audit_chain.h); its events stand in core/database/journal/audit_event.h.
#pragma once

#include <string_view>

#include "core/base/clock.h"
#include "core/database/journal/audit_event.h"
#include "core/http/request.h"

namespace portal {

class Connection;

// What is to be written; the row's id is drawn. Who did it is the actor, if he is named; else, of
// what a request did, the one whom the table of events names; else the operator who runs the
// program (core/base/operator_name.h).
struct AuditEntry {
  AuditEvent event;
  std::string_view account_id = "";  // or the registration's; may be empty
  EpochSeconds at = 0;
  std::string_view client = "";      // Client::address()
  std::string_view request_id = "";  // empty: an operator did it
  std::string_view detail = "";      // never a password, token or address in full
  std::string_view actor = "";       // the member of the call centre who did it at the desk
};

// Adds the row in the transaction of what happened. What a request did is also a line of the log,
// once the transaction is committed. What a visitor did to no account has a ceiling, beyond which
// it is only counted (admission.h), and logged.
void record_audit_event(Connection& connection, const AuditEntry& entry);

// The same, for what a request did.
void record_audit_event(Connection& connection, const Request& request, EpochSeconds now,
                        AuditEvent event, std::string_view account_id);

}  // namespace portal
