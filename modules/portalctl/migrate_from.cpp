#include "portalctl/migrate_from.h"

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "core/database/copying/copy.h"
#include "core/journal/audit.h"
#include "portalctl/printing.h"
#include "portalctl/progress.h"

namespace portalctl {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFrom = "sqlite:";

fs::path source_of(const Options& options) {
  return options.from.substr(kFrom.size());
}

portal::Settings source_settings(portal::Settings settings, const fs::path& file) {
  // Values that are right: neither can be refused.
  static_cast<void>(settings.set("database.connector", "SQLite"));
  static_cast<void>(settings.set("database.connection", file.string()));
  return settings;
}

std::int64_t rows_of(const std::vector<portal::CopiedTable>& tables) {
  std::int64_t rows = 0;
  for (const auto& table : tables) rows += table.rows;
  return rows;
}

void print(const std::vector<portal::CopiedTable>& tables, bool json) {
  for (const auto& table : tables) {
    (json ? print_json : print_row)({{"table", table.name},
                                     {"rows", table.rows},
                                     {"added", table.added},
                                     {"changed", table.changed},
                                     {"removed", table.removed},
                                     {"sha256", table.sha256}});
  }
}

}  // namespace

std::string complaint_of_move(const Options& options, const portal::Settings& settings) {
  if (options.from.empty()) {
    if (options.finish) return "--finish needs --from";
    return options.json ? "--json needs --from" : "";
  }
  if (!options.from.starts_with(kFrom) || options.from.size() == kFrom.size()) {
    return "--from: expected sqlite:FILE";
  }
  if (settings.text("database.connector") != "PostgreSQL") {
    return "--from copies to PostgreSQL: give it settings with database.connector = PostgreSQL";
  }
  return "";
}

int move_from(const Options& options, const portal::Settings& settings, portal::Database& target,
              const std::string& directory) {
  std::error_code error;
  const fs::path file = fs::canonical(source_of(options), error);
  if (error) return fail(source_of(options).string() + ": " + error.message());
  portal::Database source(source_settings(settings, file), portal::Durability::kFull, 1);
  if (const auto done = source.check(); !done) return fail(done.error().message);
  if (const auto done = target.migrate(directory); !done) return fail(done.error().message);
  portal::Copy copy(source, target, file);
  Progress progress;
  const auto show = [&](std::int64_t done, std::int64_t all) { progress.show(done, all, done); };
  const auto moved = [](portal::Connection& connection) {
    portal::record(connection, {.event = "moved_to_postgresql",
                                .account_id = "",
                                .at = portal::system_now(),
                                .detail = "by portalctl migrate --from"});
  };
  const auto tables = options.finish ? copy.finish(show, moved) : copy.follow(show);
  progress.clear();
  if (!tables) return fail(tables.error().message);
  print(*tables, options.json);
  std::cerr << rows_of(*tables) << " rows in " << tables->size()
            << " tables, the same on both sides\n"
            << (options.finish ? "moved: start the portal with these settings\n"
                               : "not moved yet: stop the portal, then the same with --finish\n");
  return kDone;
}

}  // namespace portalctl
