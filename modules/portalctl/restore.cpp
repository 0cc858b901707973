// portalctl restore: puts a backup in the place of the SQLite database. The runbook:
// conf/backup.md.
#include <array>
#include <filesystem>
#include <iostream>
#include <string>

#include "core/database/connection_tls.h"
#include "core/database/copying/restore.h"
#include "core/journal/audit_chain.h"
#include "portalctl/connection_words.h"
#include "portalctl/past.h"
#include "portalctl/progress.h"
#include "portalctl/sql_directory.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr std::array kOptions = {kDirectory, portal::kYes, portal::kReason, kJson};

Result<Done> restore(Context& context);

}  // namespace

constexpr Verb kRestore = {
    .usage = {.words = "restore",
              .arguments = "FILE",
              .options = kOptions,
              .help =
                  "Puts a backup in the place of the SQLite database, which no program may have "
                  "open: proves the backup, brings it up to this version, ends all sessions "
                  "and links, withholds the queued mails, and keeps the old database beside.",
              .example = "portalctl restore /var/backups/portal/portal-2026-04-01.db --reason "
                         "'disk lost'"},
    .run = restore};

namespace {

// What was done to the copy, before it took the database's place.
struct Prepared {
  int migrations = 0;
  portal::AuditProof audit;
  EndedPast ended;
};

Result<Prepared> prepare(const Context& context, const std::string& copy) {
  portal::Settings settings = context.settings();
  if (const auto set = settings.set("database.connection", copy); !set) return set.error();
  portal::Database database(settings, portal::Durability::kFull, 1);
  Prepared prepared;
  const auto migrations = database.migrate(sql_directory(context.value(kDirectory)));
  if (!migrations) return migrations.error();
  prepared.migrations = *migrations;
  if (const auto done = database.check(); !done) return done.error();
  const auto audit = portal::verify_audit(database);
  if (!audit) return audit.error();
  if (!audit->fault.empty()) {
    return portal::refused("the audit of the backup was changed: " + audit->fault +
                           ": take an older backup, or see conf/backup.md");
  }
  prepared.audit = *audit;
  const auto ended = end_what_is_past(database, context.reason());
  if (!ended) return ended.error();
  prepared.ended = *ended;
  return prepared;
}

// The command to run instead. It has no password, as that of `portalctl backup`.
Result<Done> refuse_postgresql(const std::string& connection, const std::string& file) {
  std::cout << "pg_restore --clean --if-exists --no-owner --single-transaction --dbname="
            << for_shell(ConnectionWords(connection).without("password") +
                         portal::tls_of(connection).words())
            << " " << for_shell(file) << "\n";
  return portal::refused(
      "PostgreSQL has its own program for that: stop all programs of all nodes, run the line above "
      "with a file of pg_dump, then `portalctl migrate` and `portalctl restored` (see backup.md)");
}

void print(const std::string& file, const std::string& database, const std::string& kept,
           const Prepared& prepared, bool json) {
  const auto& [migrations, audit, ended] = prepared;
  if (json) {
    print_json({{"file", file},
                {"database", database},
                {"kept", kept},
                {"migrations", migrations},
                {"seals", audit.seals},
                {"newest_seal", audit.newest_hash},
                {"sessions_ended", ended.sessions},
                {"links_ended", ended.links},
                {"mails_withheld", ended.mails}});
    return;
  }
  print_lines({{"database", database}, {"the old one is kept", kept}});
  print_lines({{"migrations applied", migrations},
               {"seals of the audit", audit.seals},
               {"newest seal", audit.newest_hash}});
  print_lines(lines_of(ended));
}

Result<Done> restore(Context& context) {
  const std::string& connection = context.settings().text("database.connection");
  const std::string file = std::filesystem::absolute(context.argument());
  if (context.settings().text("database.connector") != "SQLite") {
    return refuse_postgresql(connection, file);
  }
  const std::string database = std::filesystem::absolute(connection);
  const auto yes = context.confirm("Put " + file + " in the place of " + database);
  if (!yes) return yes;
  Progress progress;
  auto restore = portal::Restore::begin(database, file, [&](std::int64_t done, std::int64_t all) {
    progress.show(done, all, done, "pages");
  });
  progress.clear();
  if (!restore) return restore.error();
  const auto prepared = prepare(context, restore->copy());
  if (!prepared) return prepared.error();
  const auto kept = restore->finish();
  if (!kept) return kept.error();
  print(file, database, *kept, *prepared, context.has(kJson));
  return Done{};
}

}  // namespace
}  // namespace portalctl
