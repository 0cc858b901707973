#include "core/journal/audit.h"

#include <cassert>
#include <string>

#include "core/base/operator_name.h"
#include "core/database/database.h"
#include "core/database/journal/audit.h"
#include "core/http/client_address.h"
#include "core/journal/admission.h"
#include "core/security/token.h"

namespace portal {
namespace {

std::string actor_of(const AuditEntry& entry, const AuditEventKind& kind) {
  if (!entry.actor.empty()) return std::string(entry.actor);
  if (entry.request_id.empty()) return operator_name();
  assert(kind.actor);  // an event of operators only
  return std::string(name_of(kind.actor.value_or(WebActor::kVisitor)));
}

// What a visitor does to no account and no registration: he may do so without end.
bool is_of_nobody(const AuditEntry& entry, const AuditEventKind& kind) {
  return !entry.request_id.empty() && entry.actor.empty() && entry.account_id.empty() &&
         kind.actor == WebActor::kVisitor;
}

}  // namespace

void record_audit_event(Connection& connection, const AuditEntry& entry) {
  const AuditEventKind& kind = kind_of(entry.event);
  AuditRow row;
  row.id = draw_id();
  row.at = entry.at;
  row.event = kind.name;
  row.account_id = entry.account_id;
  row.network = client_network(entry.client);
  row.request_id = entry.request_id;
  row.detail = entry.detail;
  row.actor = actor_of(entry, kind);
  if (!is_of_nobody(entry, kind) ||
      admit_row(connection, Store::kAuditOfNobody, row.network, row.at)) {
    Audit(connection).add(row);
  }
  if (row.request_id.empty()) return;  // an operator's doing: there is nobody to tell
  after_commit(connection, [row, level = kind.level, staff = std::string(entry.actor),
                            client = std::string(entry.client)] {
    const log::Field account = {"account", row.account_id};
    const log::Field detail = {"detail", row.detail};
    const log::Field from = {"client", client};
    const log::Field request = {"request", row.request_id};
    if (staff.empty()) {
      log::write(level, row.event, {account, detail, from, request});
    } else {
      log::write(level, row.event, {{"actor", staff}, account, detail, from, request});
    }
  });
}

void record_audit_event(Connection& connection, const Request& request, EpochSeconds now,
                        AuditEvent event, std::string_view account_id) {
  record_audit_event(connection, {.event = event,
                                  .account_id = account_id,
                                  .at = now,
                                  .client = request.client.address(),
                                  .request_id = request.id});
}

}  // namespace portal
