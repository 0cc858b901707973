// Removes what imports leave behind, in short transactions, so that the portal gets its turn.
#pragma once

#include <cstdint>
#include <functional>

#include "core/base/result.h"
#include "core/database/database.h"
#include "core/database/roster/roster_editions.h"
#include "core/database/roster/roster_quarantine.h"
#include "portalctl/batch_pause.h"

namespace portalctl {

// Removes older rows in quarantine that edition `number` has brought again: as rows that can be
// used
// (`brought`), or in quarantine once more.
portal::Result<portal::Done> tidy_quarantine(
    portal::Database& database, const BatchPause& pause, std::int64_t number,
    const std::function<bool(const portal::QuarantinedRow&)>& brought);

// Removes the rows that no edition needs any more. `own`: see RosterEditions::sweep().
portal::Result<portal::Done> sweep_roster(portal::Database& database, const BatchPause& pause,
                                          std::int64_t own);

}  // namespace portalctl
