// portalctl backup FILE: the SQLite database in a file, while the portal runs. The runbook:
// conf/backup.md.
#include <filesystem>
#include <iostream>
#include <string>

#include "core/database/copying/backup.h"
#include "core/database/database.h"
#include "portalctl/connection_words.h"
#include "portalctl/printing.h"
#include "portalctl/progress.h"
#include "portalctl/verb.h"

namespace portalctl {
namespace {

// In quotes.
std::string for_shell(const std::string& text) {
  std::string all = "'";
  for (const char c : text) all += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return all + "'";
}

// What to run instead. A password does not belong into a connection string, nor on a screen.
std::string pg_dump(const std::string& connection, const std::string& file) {
  return "(umask 077; pg_dump --format=custom --file=" + for_shell(file) + " " +
         for_shell(ConnectionWords(connection).without("password")) + ")";
}

void print(const std::string& file, const portal::Backup& backup, const Options& options) {
  if (options.json) {
    print_json({{"file", file}, {"bytes", backup.bytes}});
    for (const auto& [name, rows] : backup.tables) print_json({{"table", name}, {"rows", rows}});
    return;
  }
  print_lines({{"file", file}, {"bytes", backup.bytes}});
  for (const auto& [name, rows] : backup.tables) {
    if (rows != 0) std::cout << name << ": " << rows << "\n";
  }
}

}  // namespace

int backup(const Invocation& invocation) {
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  const std::string file = std::filesystem::absolute(invocation.arguments[0]);
  const std::string& connection = settings->text("database.connection");
  if (settings->text("database.connector") != "SQLite") {
    std::cout << pg_dump(connection, file) << "\n";
    return fail("PostgreSQL has its own program for that: run the line above (see backup.md)");
  }
  portal::Database database(*settings, portal::Durability::kFull, 1);
  if (const auto done = database.check(); !done) return fail(done.error().message);
  Progress progress;
  const auto made = portal::back_up(connection, file, [&](std::int64_t done, std::int64_t all) {
    progress.show(done, all, done, "pages");
  });
  progress.clear();
  if (!made) return fail(made.error().message);
  print(file, *made, invocation.options);
  return kDone;
}

}  // namespace portalctl
