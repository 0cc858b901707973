// portalctl migrate [--from sqlite:FILE [--finish]]
#include <filesystem>
#include <iostream>

#include "core/database/database.h"
#include "portalctl/move.h"
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
  const Options& options = invocation.options;
  if (const auto reason = complaint_of_move(options, *settings); !reason.empty()) {
    return fail(reason, kWrongUsage);
  }
  const std::string directory = options.directory.empty() ? default_directory() : options.directory;
  portal::Database database(*settings, portal::Durability::kFull, 2);
  if (!options.from.empty()) return move_from(options, *settings, database, directory);
  const auto applied = database.migrate(directory);
  if (!applied) return fail(applied.error().message);
  std::cout << *applied << " migrations applied\n";
  return kDone;
}

}  // namespace portalctl
