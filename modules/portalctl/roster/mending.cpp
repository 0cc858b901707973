#include "portalctl/roster/mending.h"

#include <utility>

#include "core/database/roster/roster_editions.h"
#include "core/database/roster/roster_quarantine.h"
#include "core/journal/audit.h"
#include "portalctl/roster/lease.h"
#include "portalctl/roster/reading/columns.h"

namespace portalctl {
namespace {

using portal::Clinic;
using portal::Hindrance;
using portal::Roster;

// The row as a clinic.
Clinic mended(portal::Connection& connection, const portal::QuarantinedRow& row,
              const portal::RegistrationNumber& number, const std::string& name) {
  Clinic clinic = {row, number};
  if (!name.empty()) clinic.name = name;
  if (const auto known = Roster(connection).find_any(number)) {
    for (const RosterField& field : roster_fields()) {
      if (field.member == nullptr || !(clinic.*field.member).empty()) continue;
      clinic.*field.member = (*known).*field.member;
    }
  }
  return clinic;
}

}  // namespace

Mended mend_row(portal::Connection& connection, std::int64_t id,
                const portal::RegistrationNumber& number, const std::string& name,
                const portal::Instruction& by) {
  portal::RosterEditions(connection).lock();
  if (const auto other = live_import(connection)) {
    return {{Hindrance::kImportUnderWay, import_under_way(*other).message}};
  }
  portal::RosterQuarantine quarantine(connection);
  const auto row = quarantine.find(id);
  if (!row) return {{Hindrance::kNoSuchRow}};
  const Clinic clinic = mended(connection, *row, number, kept_value(name));
  if (auto unfit = complaint(clinic, number.text()); !unfit.empty()) {
    return {{Hindrance::kRowUnfit}, {}, std::move(unfit)};
  }
  Roster(connection).put(clinic);
  quarantine.remove(id);
  std::string detail = number.text();
  if (!by.reason.empty()) detail.append("; ").append(by.reason);
  portal::record_audit_event(connection, {.event = portal::AuditEvent::kRosterFixed,
                                          .at = by.now,
                                          .client = by.client,
                                          .request_id = by.request_id,
                                          .detail = detail,
                                          .actor = by.actor});
  return {{}, clinic};
}

}  // namespace portalctl
