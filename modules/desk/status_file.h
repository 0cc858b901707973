// What `portalctl status --metrics` found last on this machine (portal-status.timer), from its file
// in metrics.directory: the desk asks no step and no relay itself.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"

namespace portal {

struct StatusFound {
  EpochSeconds at = 0;
  // By subject ("steps"): 0 ok, 1 not applicable, 2 unknown, 3 warning, 4 fault.
  std::map<std::string, int, std::less<>> levels;
};

// Nothing: the text is no such file.
std::optional<StatusFound> parse_status(std::string_view text);

// Nothing: no directory, or nobody has written it.
std::optional<StatusFound> read_status(const std::string& metrics_directory);

}  // namespace portal
