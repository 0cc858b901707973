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

portal::Settings source_settings(portal::Settings settings, const fs::path& file) {
  // Both values are valid, so that neither can be refused.
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

portal::Result<portal::Done> migrate_from(const Move& move, portal::Database& target) {
  std::error_code error;
  const fs::path file = fs::canonical(move.file, error);
  if (error) return portal::refused(move.file + ": " + error.message());
  portal::Database source(source_settings(move.settings, file), portal::Durability::kFull, 1);
  if (const auto done = source.check(); !done) return done;
  if (const auto done = target.migrate(move.sql_directory); !done) return done.error();
  portal::Copy copy(source, target, file);
  Progress progress;
  const auto show = [&](std::int64_t done, std::int64_t all) { progress.show(done, all, done); };
  const auto moved = [](portal::Connection& connection) {
    portal::record_audit_event(connection, {.event = portal::AuditEvent::kMovedToPostgresql,
                                            .account_id = "",
                                            .at = portal::system_now(),
                                            .detail = "by portalctl migrate --from"});
  };
  const auto tables = move.finish ? copy.finish(show, moved) : copy.follow(show);
  progress.clear();
  if (!tables) return tables.error();
  print(*tables, move.json);
  std::cerr << rows_of(*tables) << " rows in " << tables->size()
            << " tables, the same on both sides\n"
            << (move.finish ? "moved: start the portal with these settings\n"
                            : "not moved yet: stop the portal, then the same with --finish\n");
  return portal::Done{};
}

}  // namespace portalctl
