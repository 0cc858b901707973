// The lease of the import that is under way: only one import of the roster runs at a time.
#pragma once

#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/database/roster/roster_editions.h"

namespace portalctl {

// How long an import may be silent before another one takes it for dead. If its process ran on this
// machine and has ended, it is dead at once.
inline constexpr portal::EpochSeconds kRosterLease = 60;

std::string lease_owner();  // "HOST PID" of this process

// An import that is under way and not dead; else nothing.
std::optional<portal::RosterEdition> live_import(portal::Connection& connection);
portal::Error import_under_way(const portal::RosterEdition& edition);

}  // namespace portalctl
