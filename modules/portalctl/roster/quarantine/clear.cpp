// portalctl roster quarantine clear
#include <array>
#include <iostream>

#include "core/database/roster/roster_quarantine.h"
#include "core/journal/audit.h"
#include "portalctl/batch_pause.h"
#include "portalctl/roster/quarantine_id.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr std::array kOptions = {portal::kYes, portal::kReason};

Result<Done> clear_quarantine(Context& context);

}  // namespace

constexpr Verb kRosterQuarantineClear = {
    .usage = {.words = "roster quarantine clear",
              .arguments = "[ID]",
              .options = kOptions,
              .help = "Drops all rows that an import could not use, or one of them; asks.",
              .example = "portalctl roster quarantine clear 12 --reason 'no clinic, a remark'"},
    .run = clear_quarantine};

namespace {

using portal::Connection;
using portal::RosterQuarantine;

constexpr int kBatch = 500;  // rows that are dropped in one transaction

std::string rows_in_words(std::int64_t rows) {
  return std::to_string(rows) + (rows == 1 ? " row" : " rows");
}

void record_dropped(Connection& connection, std::int64_t rows, const std::string& reason) {
  portal::record_audit_event(connection, {.event = portal::AuditEvent::kRosterDropped,
                                          .account_id = "",
                                          .at = portal::system_now(),
                                          .detail = rows_in_words(rows) + "; " + reason});
}

// How many rows were dropped; so with drop_all().
Result<std::int64_t> drop_one(Context& context) {
  const std::string& text = context.argument();
  const auto id = parse_quarantine_id(text);
  if (!id) return id;
  portal::Database& database = context.database();
  const auto not_there = portal::not_found("no row " + text + " is in quarantine");
  const auto row =
      database.read([&](Connection& connection) { return RosterQuarantine(connection).find(*id); });
  if (!row) return row.error();
  if (!*row) return not_there;
  const auto yes =
      context.confirm("Drop row " + text + " (" + (*row)->given_number + " " + (*row)->name + ": " +
                      (*row)->reason.in(portal::Language::kEnglish) + ")");
  if (!yes) return yes.error();
  const auto dropped = database.write([&](Connection& connection) {
    const bool removed = RosterQuarantine(connection).remove(*id);
    if (removed) record_dropped(connection, 1, context.reason());
    return removed;
  });
  if (!dropped) return dropped.error();
  return *dropped ? Result<std::int64_t>(1) : not_there;
}

Result<std::int64_t> drop_all(Context& context) {
  portal::Database& database = context.database();
  const auto count =
      database.read([](Connection& connection) { return RosterQuarantine(connection).count(); });
  if (!count || *count == 0) return count;
  const auto yes = context.confirm("Drop the " + rows_in_words(*count) + " in quarantine");
  if (!yes) return yes.error();
  const BatchPause pause(context.settings());
  std::int64_t all = 0;
  for (std::int64_t batch = kBatch; batch == kBatch; all += batch) {
    const auto gone = pause.after([&] {
      return database.write([&](Connection& connection) {
        const auto rows = static_cast<std::int64_t>(RosterQuarantine(connection).clear(kBatch));
        if (rows > 0) record_dropped(connection, rows, context.reason());
        return rows;
      });
    });
    if (!gone) return gone;
    batch = *gone;
  }
  return all;
}

Result<Done> clear_quarantine(Context& context) {
  const auto dropped = context.arguments().empty() ? drop_all(context) : drop_one(context);
  if (!dropped) return dropped.error();
  std::cout << rows_in_words(*dropped) << " dropped\n";
  return Done{};
}

}  // namespace
}  // namespace portalctl
