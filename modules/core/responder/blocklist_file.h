// A BlocklistFile is the file that password.blocklist names: its list, read at the start and at
// SIGHUP. Any number of threads may ask for the list while it is read again.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "core/base/result.h"
#include "core/registration/password_blocklist.h"

namespace portal {

class BlocklistFile {
 public:
  // Reads the file. No path, no list: nothing is refused. The error names the file, and what is
  // wrong with it.
  static Result<std::unique_ptr<BlocklistFile>> load(const std::string& path);

  std::shared_ptr<const PasswordBlocklist> list() const;

  // Reads the file again. On an error the old list stays in use.
  Result<Done> reload();

 private:
  BlocklistFile() = default;
  std::string path_;
  mutable std::mutex mutex_;
  std::shared_ptr<const PasswordBlocklist> list_;
};

// Reads the file again, as a program does at SIGHUP, and logs `blocklist_kept` with the reason if
// that fails.
void reload(BlocklistFile& file);

}  // namespace portal
