// portalctl backup: copies the SQLite database into a file while the portal runs. The runbook:
// conf/backup.md.
#include <array>
#include <filesystem>
#include <iostream>
#include <string>

#include "core/database/connection_tls.h"
#include "core/database/copying/backup.h"
#include "portalctl/connection_words.h"
#include "portalctl/printing.h"
#include "portalctl/progress.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr std::array kOptions = {kJson};

Result<Done> back_up(Context& context);

}  // namespace

constexpr Verb kBackup = {
    .usage = {.words = "backup",
              .arguments = "FILE",
              .options = kOptions,
              .help = "Copies the SQLite database into a new file while the portal runs, and "
                      "proves the copy.",
              .example = "portalctl backup /var/backups/portal-$(date +%F).db"},
    .run = back_up};

namespace {

// The command to run instead. It has no password, which belongs neither in a connection string nor
// on a screen.
std::string pg_dump(const std::string& connection, const std::string& file) {
  return "(umask 077; pg_dump --format=custom --file=" + for_shell(file) + " " +
         for_shell(ConnectionWords(connection).without("password") +
                   portal::tls_of(connection).words()) +
         ")";
}

void print(const std::string& file, const portal::Backup& backup, bool json) {
  if (json) {
    print_json({{"file", file}, {"bytes", backup.bytes}});
    for (const auto& [name, rows] : backup.tables) print_json({{"table", name}, {"rows", rows}});
    return;
  }
  print_lines({{"file", file}, {"bytes", backup.bytes}});
  for (const auto& [name, rows] : backup.tables) {
    if (rows != 0) std::cout << name << ": " << rows << "\n";
  }
}

Result<Done> back_up(Context& context) {
  const std::string file = std::filesystem::absolute(context.argument());
  const std::string& connection = context.settings().text("database.connection");
  if (context.settings().text("database.connector") != "SQLite") {
    std::cout << pg_dump(connection, file) << "\n";
    return portal::refused(
        "PostgreSQL has its own program for that: run the line above (see backup.md)");
  }
  // Before a migration, too: that is when a backup is wanted most.
  const portal::SchemaRange any_older = {1, portal::newest_schema().newest};
  portal::Database database(context.settings(), portal::Durability::kFull, 1,
                            portal::Database::kPatience, any_older);
  if (const auto done = database.check(); !done) return done;
  Progress progress;
  const auto made = portal::back_up(connection, file, [&](std::int64_t done, std::int64_t all) {
    progress.show(done, all, done, "pages");
  });
  progress.clear();
  if (!made) return made.error();
  print(file, *made, context.has(kJson));
  return Done{};
}

}  // namespace
}  // namespace portalctl
