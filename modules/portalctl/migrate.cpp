// portalctl migrate
#include <filesystem>
#include <iostream>

#include "core/database/database.h"
#include "portalctl/verb.h"

namespace portalctl {
namespace {

// Beside the program, in the build folder as when installed: bin/ and share/portal/sql/.
std::string default_directory() {
  const auto program = std::filesystem::read_symlink("/proc/self/exe");
  return program.parent_path().parent_path() / "share" / "portal" / "sql";
}

}  // namespace

int migrate(const Invocation& invocation) {
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  const std::string& asked = invocation.options.directory;
  portal::Database database(*settings, portal::Durability::kFull, 1);
  const auto applied = database.migrate(asked.empty() ? default_directory() : asked);
  if (!applied) return fail(applied.error().message);
  std::cout << *applied << " migrations applied\n";
  return kDone;
}

}  // namespace portalctl
