// The folders that the portal writes to, and the room on their disks.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/settings.h"

namespace portalctl {

struct Disk {
  std::string folder;
  std::string what;        // "database", "backups", for messages
  std::uint64_t free = 0;  // bytes that the programs may still use
  std::uint64_t size = 0;
  std::uint64_t free_inodes = 0;
  std::uint64_t inodes = 0;  // 0: the file system makes them when they are needed
  std::string error;         // why it cannot be asked; empty: it was
};

// A folder that does not exist yet is left out: nothing is written there.
std::vector<Disk> disks_of(const portal::Settings& settings);

}  // namespace portalctl
