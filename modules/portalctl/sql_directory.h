// Where the numbered SQL files are: --directory, or beside the program, in the build folder as when
// installed: bin/ and share/portal/sql/.
#pragma once

#include <filesystem>
#include <string>

#include "portalctl/verb.h"

namespace portalctl {

inline std::string sql_directory(const Options& options) {
  if (!options.directory.empty()) return options.directory;
  const auto program = std::filesystem::read_symlink("/proc/self/exe");
  return program.parent_path().parent_path() / "share" / "portal" / "sql";
}

}  // namespace portalctl
