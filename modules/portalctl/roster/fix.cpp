// portalctl roster fix: a row in quarantine becomes a clinic of the roster.
#include <iostream>

#include "core/database/roster/roster_editions.h"
#include "core/database/roster/roster_quarantine.h"
#include "core/journal/audit.h"
#include "core/text/text.h"
#include "portalctl/roster/lease.h"
#include "portalctl/roster/quarantine_id.h"
#include "portalctl/roster/reading/cell_values.h"
#include "portalctl/roster/reading/columns.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

Result<Done> fix_row(Context& context);

}  // namespace

constexpr Verb kRosterFix = {
    .usage = {.words = "roster fix",
              .arguments = "ID NUMBER [NAME]",
              .help = "Takes a row out of quarantine into the roster, with its right number, and "
                      "name.",
              .example = "portalctl roster fix 12 契0123456-7-8 みなと整骨院"},
    .run = fix_row};

namespace {

using portal::Clinic;
using portal::Connection;
using portal::QuarantinedRow;
using portal::RegistrationNumber;
using portal::Roster;
using portal::RosterQuarantine;

// The row as a clinic. What the row lacks stays as the roster has it.
Result<Clinic> mended(Connection& connection, const QuarantinedRow& row,
                      const RegistrationNumber& number, const std::string& name) {
  Clinic clinic = {row, number};
  if (!name.empty()) clinic.name = name;
  if (const auto known = Roster(connection).find_any(number)) {
    for (const RosterField& field : roster_fields()) {
      if (field.member == nullptr || !(clinic.*field.member).empty()) continue;
      clinic.*field.member = (*known).*field.member;
    }
  }
  if (const auto reason = complaint(clinic, number.text()); !reason.empty()) {
    return portal::refused(reason + ": portalctl roster fix " + std::to_string(row.id) + " " +
                           number.text() + " NAME");
  }
  return clinic;
}

Result<Clinic> fix(Connection& connection, std::int64_t id, const RegistrationNumber& number,
                   const std::string& name) {
  portal::RosterEditions(connection).lock();
  if (const auto other = live_import(connection)) return import_under_way(*other);
  RosterQuarantine quarantine(connection);
  const auto row = quarantine.find(id);
  if (!row) return portal::not_found("no row " + std::to_string(id) + " is in quarantine");
  auto clinic = mended(connection, *row, number, name);
  if (!clinic) return clinic;
  Roster(connection).put(*clinic);
  quarantine.remove(id);
  portal::record_audit_event(connection, {.event = portal::AuditEvent::kRosterFixed,
                                          .account_id = "",
                                          .at = portal::system_now(),
                                          .client = "",
                                          .request_id = "",
                                          .detail = number.text()});
  return clinic;
}

Result<Done> fix_row(Context& context) {
  const auto& arguments = context.arguments();
  const auto id = parse_quarantine_id(arguments[0]);
  if (!id) return id.error();
  for (const std::string& argument : arguments) {
    if (!portal::text::valid_utf8(argument)) {
      return portal::refused("not UTF-8: set the terminal to it");
    }
  }
  const auto number = roster_number(arguments[1]);
  if (!number) return number.error();
  const std::string name = arguments.size() > 2 ? kept_value(arguments[2]) : "";
  const auto fixed = context.database().write(
      [&](Connection& connection) { return fix(connection, *id, *number, name); });
  if (!fixed) return fixed.error();
  std::cout << fixed->number.text() << " " << fixed->name << ": in the roster\n";
  return Done{};
}

}  // namespace
}  // namespace portalctl
