// portalctl roster undo: asks, then goes back to the edition before the last import.
#include <iostream>

#include "core/base/japan_time.h"
#include "core/database/database.h"
#include "core/database/roster/roster_editions.h"
#include "core/journal/audit.h"
#include "portalctl/consent.h"
#include "portalctl/roster/importer.h"
#include "portalctl/roster/lease.h"
#include "portalctl/verb.h"

namespace portalctl {
namespace {

using portal::Connection;
using portal::Result;
using portal::RosterEdition;
using portal::RosterEditions;

std::string import_in_words(const RosterEdition& edition) {
  return "the import of " + edition.file + " of " + portal::japan_timestamp(edition.started_at) +
         " (" + edition.counts + ")";
}

// Within a write transaction. `shown`: what the operator has agreed to.
Result<RosterEdition> undo(Connection& connection, const RosterEdition& shown,
                           const std::string& reason) {
  RosterEditions editions(connection);
  editions.lock();
  if (const auto other = live_import(connection)) return import_under_way(*other);
  const auto last = editions.undoable();
  if (!last) return last;
  if (last->number != shown.number) return portal::refused("another import has ended meanwhile");
  const auto now = portal::system_now();
  portal::record(connection, {.event = "roster_undone",
                              .account_id = "",
                              .at = now,
                              .detail = last->file + ": " + last->counts + "; " + reason});
  return editions.undo(now);
}

}  // namespace

int roster_undo(const Invocation& invocation) {
  const Options& options = invocation.options;
  if (const auto wrong = complaint_of_consent(options); !wrong.empty()) {
    return fail(wrong, kWrongUsage);
  }
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  portal::Database database(*settings, portal::Durability::kFull, 1);
  const auto shown =
      database.read([](Connection& connection) { return RosterEditions(connection).undoable(); });
  if (!shown) return fail(shown.error().message);
  if (!consented(options, "Take back " + import_in_words(*shown))) {
    return fail("nothing was changed");
  }
  const auto undone = database.write(
      [&](Connection& connection) { return undo(connection, *shown, options.reason); });
  if (!undone) return fail(undone.error().message);
  if (const auto swept = sweep_roster(database, Pace(*settings), 0); !swept) {
    return fail("undone, but not tidied up: " + swept.error().message);
  }
  std::cout << "undone: " << import_in_words(*undone) << "\n";
  return kDone;
}

}  // namespace portalctl
