// portalctl roster undo: asks, then goes back to the edition before the last import.
#include <array>
#include <iostream>

#include "core/base/japan_time.h"
#include "core/database/roster/roster_editions.h"
#include "core/journal/audit.h"
#include "portalctl/roster/lease.h"
#include "portalctl/roster/tidying.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr std::array kOptions = {portal::kYes, portal::kReason};

Result<Done> undo_import(Context& context);

}  // namespace

constexpr Verb kRosterUndo = {
    .usage = {.words = "roster undo",
              .options = kOptions,
              .help = "Takes the last import of the roster back; shows which, and asks.",
              .example = "portalctl roster undo --reason 'it was the list of last month'"},
    .run = undo_import};

namespace {

using portal::Connection;
using portal::RosterEdition;
using portal::RosterEditions;

std::string import_in_words(const RosterEdition& edition) {
  return "the import of " + edition.file + " of " + portal::japan_timestamp(edition.started_at) +
         " (" + edition.counts + ")";
}

// `shown`: the edition that the operator has agreed to take back.
Result<RosterEdition> undo(Connection& connection, const RosterEdition& shown,
                           const std::string& reason) {
  RosterEditions editions(connection);
  editions.lock();
  if (const auto other = live_import(connection)) return import_under_way(*other);
  const auto last = editions.undoable();
  if (!last) return last;
  if (last->number != shown.number) return portal::refused("another import has ended meanwhile");
  const auto now = portal::system_now();
  portal::record_audit_event(connection,
                             {.event = portal::AuditEvent::kRosterUndone,
                              .account_id = "",
                              .at = now,
                              .detail = last->file + ": " + last->counts + "; " + reason});
  return editions.undo(now);
}

Result<Done> undo_import(Context& context) {
  portal::Database& database = context.database();
  const auto shown =
      database.read([](Connection& connection) { return RosterEditions(connection).undoable(); });
  if (!shown) return shown.error();
  const auto yes = context.confirm("Take back " + import_in_words(*shown));
  if (!yes) return yes;
  const auto undone = database.write(
      [&](Connection& connection) { return undo(connection, *shown, context.reason()); });
  if (!undone) return undone.error();
  if (const auto swept = sweep_roster(database, BatchPause(context.settings()), 0); !swept) {
    return portal::unavailable("undone, but not tidied up: " + swept.error().message);
  }
  std::cout << "undone: " << import_in_words(*undone) << "\n";
  return Done{};
}

}  // namespace
}  // namespace portalctl
