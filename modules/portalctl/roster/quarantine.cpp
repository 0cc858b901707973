// portalctl roster quarantine, roster quarantine clear, roster fix
#include <Poco/NumberParser.h>

#include <iostream>

#include "core/database/database.h"
#include "core/database/roster/roster_editions.h"
#include "core/database/roster/roster_quarantine.h"
#include "core/journal/audit.h"
#include "core/text/text.h"
#include "portalctl/batch_pause.h"
#include "portalctl/consent.h"
#include "portalctl/printing.h"
#include "portalctl/roster/csv_line.h"
#include "portalctl/roster/lease.h"
#include "portalctl/roster/reading/roster_file.h"
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

std::string rows_in_words(std::int64_t rows) {
  return std::to_string(rows) + (rows == 1 ? " row" : " rows");
}

void record_dropped(Connection& connection, std::int64_t rows, const Options& options) {
  portal::record(connection, {.event = "roster_dropped",
                              .account_id = "",
                              .at = portal::system_now(),
                              .detail = rows_in_words(rows) + "; " + options.reason});
}

// How many rows were dropped; so with drop_all().
Result<std::int64_t> drop_one(portal::Database& database, const std::string& text,
                              const Options& options) {
  const auto id = parse_id(text);
  if (!id) return id;
  const auto not_there = portal::not_found("no row " + text + " is in quarantine");
  const auto row =
      database.read([&](Connection& connection) { return RosterQuarantine(connection).find(*id); });
  if (!row) return row.error();
  if (!*row) return not_there;
  if (!consented(options, "Drop row " + text + " (" + (*row)->given_number + " " + (*row)->name +
                              ": " + (*row)->reason + ")")) {
    return portal::refused("nothing was changed");
  }
  const auto dropped = database.write([&](Connection& connection) {
    const bool removed = RosterQuarantine(connection).remove(*id);
    if (removed) record_dropped(connection, 1, options);
    return removed;
  });
  if (!dropped) return dropped.error();
  return *dropped ? Result<std::int64_t>(1) : not_there;
}

Result<std::int64_t> drop_all(portal::Database& database, const Pace& pace,
                              const Options& options) {
  const auto count =
      database.read([](Connection& connection) { return RosterQuarantine(connection).count(); });
  if (!count || *count == 0) return count;
  if (!consented(options, "Drop the " + rows_in_words(*count) + " in quarantine")) {
    return portal::refused("nothing was changed");
  }
  std::int64_t all = 0;
  for (std::int64_t batch = kMost; batch == kMost; all += batch) {
    const auto gone = pace.after([&] {
      return database.write([&](Connection& connection) {
        const auto rows = static_cast<std::int64_t>(RosterQuarantine(connection).clear(kMost));
        if (rows > 0) record_dropped(connection, rows, options);
        return rows;
      });
    });
    if (!gone) return gone;
    batch = *gone;
  }
  return all;
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
  const Options& options = invocation.options;
  if (const auto wrong = complaint_of_consent(options); !wrong.empty()) {
    return fail(wrong, kWrongUsage);
  }
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  portal::Database database(*settings, portal::Durability::kFull, 1);
  const auto dropped = invocation.arguments.empty()
                           ? drop_all(database, Pace(*settings), options)
                           : drop_one(database, invocation.arguments[0], options);
  if (!dropped) return fail(dropped.error().message);
  std::cout << rows_in_words(*dropped) << " dropped\n";
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
  std::cout << fixed->number << " " << fixed->name << ": in the roster\n";
  return kDone;
}

}  // namespace portalctl
