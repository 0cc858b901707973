// What `portalctl check` and `portalctl status` both take.
#pragma once

#include "core/command/option.h"

namespace portalctl {

inline constexpr portal::Option kSockets = {
    "sockets", "DIR",
    "check, status: the folder of the responders' sockets (default: /run/portal)"};
inline constexpr portal::Option kUser = {
    "user", "NAME",
    "check, status: as whom the programs run (default: the owner of the SQLite file, or who is "
    "named like the group of the settings)"};

}  // namespace portalctl
