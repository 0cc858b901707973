// The newest backup in backup.directory.
#pragma once

#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/settings.h"

namespace portalctl {

struct NewestBackup {
  std::string file;
  portal::EpochSeconds made = 0;
};

// Nothing: there is none. kNotFound: the folder is not there. kUnavailable: it cannot be read.
// Precondition: backup.directory is not empty.
portal::Result<std::optional<NewestBackup>> newest_backup(const portal::Settings& settings);

}  // namespace portalctl
