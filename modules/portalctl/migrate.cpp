// portalctl migrate [--from sqlite:FILE [--finish]]
#include <iostream>

#include "core/database/database.h"
#include "portalctl/migrate_from.h"
#include "portalctl/sql_directory.h"
#include "portalctl/verb.h"

namespace portalctl {
int migrate(const Invocation& invocation) {
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  const Options& options = invocation.options;
  if (const auto reason = complaint_of_move(options, *settings); !reason.empty()) {
    return fail(reason, kWrongUsage);
  }
  const std::string directory = sql_directory(options);
  portal::Database database(*settings, portal::Durability::kFull, 2);
  if (!options.from.empty()) return move_from(options, *settings, database, directory);
  const auto applied = database.migrate(directory);
  if (!applied) return fail(applied.error().message);
  std::cout << *applied << " migrations applied\n";
  return kDone;
}

}  // namespace portalctl
