#include "core/history/look_ups.h"

#include <string>

#include "core/journal/audit.h"

namespace portal {
namespace {

void record(Connection& connection, const Staff& staff, EpochSeconds now, AuditEvent event,
            std::string_view account_id, const std::string& detail) {
  record_audit_event(connection, {.event = event,
                                  .account_id = account_id,
                                  .at = now,
                                  .client = staff.request.client.address(),
                                  .request_id = staff.request.id,
                                  .detail = detail,
                                  .actor = staff.name});
}

}  // namespace

void record_search(Connection& connection, const Staff& staff, EpochSeconds now, KeyKind kind,
                   std::size_t hits) {
  record(connection, staff, now, AuditEvent::kSearched, "",
         std::string(row_of(kind).name)
             .append(", ")
             .append(std::to_string(hits))
             .append(hits == 1 ? " hit" : " hits"));
}

void record_shown(Connection& connection, const Staff& staff, EpochSeconds now,
                  std::string_view account_id) {
  record(connection, staff, now, AuditEvent::kLookedUp, account_id, std::string(kShownAtDesk));
}

}  // namespace portal
