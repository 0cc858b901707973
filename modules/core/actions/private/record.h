// The audit row of an action.
#pragma once

#include <string_view>

#include "core/actions/instruction.h"
#include "core/journal/audit.h"

namespace portal {

inline void record(Connection& connection, AuditEvent event, std::string_view account_id,
                   const Instruction& by) {
  record_audit_event(connection, {.event = event,
                                  .account_id = account_id,
                                  .at = by.now,
                                  .client = by.client,
                                  .request_id = by.request_id,
                                  .detail = by.reason,
                                  .actor = by.actor});
}

}  // namespace portal
