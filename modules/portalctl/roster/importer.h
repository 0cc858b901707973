// Brings a roster's file into the database as its next edition
// (core/database/roster/roster_editions.h).
//
// It reads the file once, 16,384 rows at a time. What it remembers of each row is its number as 8
// bytes and its line, about 10 MB for 200,000 rows, and the numbers of clinics that it closes.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/settings.h"
#include "core/database/database.h"
#include "core/database/roster/roster_editions.h"
#include "core/database/roster/roster_quarantine.h"
#include "portalctl/batch_pause.h"
#include "portalctl/roster/reading/roster_file.h"
#include "portalctl/roster/scope.h"

namespace portalctl {

struct RosterCounts {
  std::int64_t added = 0;
  std::int64_t changed = 0;  // renamed ones among them
  std::int64_t renamed = 0;
  std::int64_t closed = 0;
  std::int64_t reopened = 0;
  std::int64_t unchanged = 0;
  std::int64_t quarantined = 0;
  std::int64_t skipped = 0;  // blank rows, totals, repeated headers
  std::int64_t kept = 0;     // not closed: a row in quarantine has their name
  std::int64_t usable() const { return added + changed + reopened + unchanged; }
  std::int64_t differences() const { return added + changed + reopened + closed; }
};

struct RosterImportPlan {
  RosterScope scope;
  std::string scope_text;  // as it was given
  bool allow_removals = false;
  bool dry_run = false;
};

struct RosterImportEvents {
  // A clinic before and after; before: null if it is new; after: closed if it is gone.
  std::function<void(const portal::Clinic* before, const portal::Clinic& after)> difference;
  std::function<void(const portal::QuarantinedRow&)> quarantined;
  std::function<void(std::int64_t rows)> progress;  // after each batch
};

struct RosterImported {
  RosterCounts counts;
  std::int64_t edition = 0;  // 0: nothing to do, or a dry run
};

// The error: nothing was changed.
portal::Result<RosterImported> import_roster(const portal::Settings& settings, RosterFile& file,
                                             const RosterImportPlan& plan,
                                             const RosterImportEvents& events);

// "400 new, 0 changed, …"
std::string in_words(const RosterCounts& counts);

// Removes older rows in quarantine that edition `number` has brought anew, as usable rows
// (`brought`) or in quarantine again.
portal::Result<portal::Done> tidy_quarantine(
    portal::Database& database, const Pace& pace, std::int64_t number,
    const std::function<bool(const portal::QuarantinedRow&)>& brought);

// Removes what no edition needs any more, in short transactions. `own`: see sweep().
portal::Result<portal::Done> sweep_roster(portal::Database& database, const Pace& pace,
                                          std::int64_t own);

}  // namespace portalctl
