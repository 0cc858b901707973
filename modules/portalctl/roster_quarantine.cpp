// portalctl roster quarantine, roster quarantine clear, roster fix
#include <Poco/NumberParser.h>

#include <iostream>

#include "core/audit/audit_event.h"
#include "core/database/database.h"
#include "core/database/roster_editions.h"
#include "core/database/roster_quarantine.h"
#include "core/text/text.h"
#include "portalctl/csv_line.h"
#include "portalctl/fields.h"
#include "portalctl/pace.h"
#include "portalctl/roster_file.h"
#include "portalctl/roster_lease.h"
#include "portalctl/verb.h"

namespace portalctl {
namespace {

using portal::Clinic;
using portal::Connection;
using portal::QuarantinedRow;
using portal::Result;
using portal::Roster;
using portal::RosterQuarantine;

constexpr int kMost = 500;  // that are read or dropped at once

// The columns of an import, and why: an unknown column, which an import leaves alone.
void print_csv_header() {
  std::vector<std::string> cells;
  for (const RosterField& field : roster_fields()) cells.emplace_back(field.column);
  cells.insert(cells.end(), {"理由", "ID"});
  std::cout << kByteOrderMark << csv_line(cells);
}

void print(const QuarantinedRow& row, const Options& options) {
  if (options.csv) {
    std::cout << csv_line({row.given_number, row.name, row.address, row.phone, row.designated_on,
                           row.reason, std::to_string(row.id)});
    return;
  }
  (options.json ? print_json : print_row)({{"id", row.id},
                                           {"file", row.file},
                                           {"row", row.line},
                                           {"reason", row.reason},
                                           {"registration_number", row.given_number},
                                           {"clinic_name", row.name},
                                           {"address", row.address},
                                           {"phone", row.phone},
                                           {"designated_on", row.designated_on},
                                           {"edition", row.edition}});
}

Result<std::int64_t> parse_id(const std::string& text) {
  Poco::Int64 id = 0;
  if (Poco::NumberParser::tryParse64(text, id)) return std::int64_t{id};
  return portal::refused(text + ": not an id of portalctl roster quarantine");
}

// The row as a clinic; what it lacks stays as the roster has it.
Result<Clinic> mended(Connection& connection, const QuarantinedRow& row, const std::string& number,
                      const std::string& name) {
  Clinic clinic = {number, name.empty() ? row.name : name, row.address, row.phone,
                   row.designated_on};
  if (const auto known = Roster(connection).find_any(number)) {
    for (const RosterField& field : roster_fields()) {
      if ((clinic.*field.member).empty()) clinic.*field.member = (*known).*field.member;
    }
  }
  if (const auto reason = complaint(clinic); !reason.empty()) {
    return portal::refused(reason + ": portalctl roster fix " + std::to_string(row.id) + " " +
                           number + " NAME");
  }
  return clinic;
}

Result<Clinic> fix(Connection& connection, std::int64_t id, const std::string& number,
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
  portal::record(connection, {.event = "roster_fixed",
                              .account_id = "",
                              .at = portal::system_now(),
                              .client = "",
                              .request_id = "",
                              .detail = number});
  return clinic;
}

}  // namespace

int roster_quarantine(const Invocation& invocation) {
  const Options& options = invocation.options;
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  portal::Database database(*settings, portal::Durability::kFull, 1);
  if (options.csv) print_csv_header();
  std::int64_t last = 0;
  for (bool more = true; more;) {
    const auto rows = database.read(
        [&](Connection& connection) { return RosterQuarantine(connection).list(last, kMost); });
    if (!rows) return fail(rows.error().message);
    for (const QuarantinedRow& row : *rows) print(row, options);
    more = rows->size() == kMost;
    if (more) last = rows->back().id;
  }
  return kDone;
}

int roster_quarantine_clear(const Invocation& invocation) {
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  portal::Database database(*settings, portal::Durability::kFull, 1);
  const Pace pace(*settings);
  if (!invocation.arguments.empty()) {
    const auto id = parse_id(invocation.arguments[0]);
    if (!id) return fail(id.error().message);
    const auto removed = database.write(
        [&](Connection& connection) { return RosterQuarantine(connection).remove(*id); });
    if (!removed) return fail(removed.error().message);
    if (!*removed) return fail("no row " + invocation.arguments[0] + " is in quarantine");
    std::cout << "1 row dropped\n";
    return kDone;
  }
  std::size_t all = 0;
  for (std::size_t batch = kMost; batch == kMost; all += batch) {
    const auto gone = pace.after([&] {
      return database.write(
          [&](Connection& connection) { return RosterQuarantine(connection).clear(kMost); });
    });
    if (!gone) return fail(gone.error().message);
    batch = *gone;
  }
  std::cout << all << (all == 1 ? " row dropped\n" : " rows dropped\n");
  return kDone;
}

int roster_fix(const Invocation& invocation) {
  const auto& arguments = invocation.arguments;
  const auto id = parse_id(arguments[0]);
  if (!id) return fail(id.error().message);
  for (const std::string& argument : arguments) {
    if (!portal::text::valid_utf8(argument)) return fail("not UTF-8: set the terminal to it");
  }
  const auto number = roster_number(arguments[1]);
  if (!number) return fail(number.error().message);
  const std::string name = arguments.size() > 2 ? kept_value(arguments[2]) : "";
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  portal::Database database(*settings, portal::Durability::kFull, 1);
  const auto fixed =
      database.write([&](Connection& connection) { return fix(connection, *id, *number, name); });
  if (!fixed) return fail(fixed.error().message);
  if (!*fixed) return fail(fixed->error().message);
  std::cout << (*fixed)->number << " " << (*fixed)->name << ": in the roster\n";
  return kDone;
}

}  // namespace portalctl
