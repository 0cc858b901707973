// Brings the file of a roster into the database as its next edition
// (core/database/roster/roster_editions.h).
//
// The import reads the file once, 16,384 rows at a time. It remembers the number of each row as 8
// bytes, and its line, which is about 10 MB for 200,000 rows, and the numbers of clinics that it
// closes.
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
#include "portalctl/roster/counts.h"
#include "portalctl/roster/reading/roster_file.h"
#include "portalctl/roster/scope.h"

namespace portalctl {

struct RosterImportPlan {
  RosterScope scope;
  std::string scope_text;  // as it was given
  bool allow_removals = false;
  bool dry_run = false;
};

struct RosterImportEvents {
  // Called with a clinic before and after. `before` is null if it is new; `after` is closed if it
  // is gone.
  std::function<void(const portal::Clinic* before, const portal::Clinic& after)> difference;
  std::function<void(const portal::QuarantinedRow&)> quarantined;
  std::function<void(std::int64_t rows)> progress;  // after each batch
};

struct RosterImported {
  RosterCounts counts;
  std::int64_t edition = 0;  // 0: nothing to do, or a dry run
};

// Error: nothing was changed.
portal::Result<RosterImported> import_roster(const portal::Settings& settings, RosterFile& file,
                                             const RosterImportPlan& plan,
                                             const RosterImportEvents& events);

}  // namespace portalctl
