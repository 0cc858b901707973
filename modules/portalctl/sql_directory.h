// Where the numbered SQL files are: --directory, or beside the program, in the build folder as when
// installed: bin/ and share/portal/sql/.
#pragma once

#include <filesystem>
#include <string>

namespace portalctl {

// `given`: the value of --directory; empty: it was not given.
inline std::string sql_directory(const std::string& given) {
  if (!given.empty()) return given;
  const auto program = std::filesystem::read_symlink("/proc/self/exe");
  return program.parent_path().parent_path() / "share" / "portal" / "sql";
}

}  // namespace portalctl
