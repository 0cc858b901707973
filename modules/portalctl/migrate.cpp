// portalctl migrate: makes the tables, or moves a site from SQLite (migrate_from.h).
#include <array>
#include <iostream>

#include "portalctl/migrate_from.h"
#include "portalctl/sql_directory.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr Option kFinish = {"finish", "", "migrate: the last copy, once the portal is stopped"};
constexpr Option kFrom = {
    "from", "SOURCE",
    "migrate: sqlite:FILE, the database of a site, which may be running, that is copied "
    "to the PostgreSQL of the settings; again, it copies what has changed"};
constexpr Option kPending = {"pending", "",
                             "migrate: only says how many migrations are not applied yet"};
constexpr std::array kOptions = {kDirectory, kPending, kFrom, kFinish, kJson};

Result<Done> migrate(Context& context);

}  // namespace

constexpr Verb kMigrate = {
    .usage = {.words = "migrate",
              .options = kOptions,
              .help = "Makes the database, or brings it up to this version; safe to repeat. With "
                      "--from, moves a site to it from SQLite.",
              .example = "portalctl migrate"},
    .run = migrate};

namespace {

constexpr std::string_view kSqlite = "sqlite:";

// The FILE of --from sqlite:FILE; empty: --from was not given.
Result<std::string> source_of(const Context& context) {
  const std::string from = context.value(kFrom);
  if (!from.empty() && context.has(kPending)) {
    return portal::wrong_usage("--pending and --from do not go together");
  }
  if (from.empty()) {
    if (context.has(kFinish)) return portal::wrong_usage("--finish needs --from");
    if (context.has(kJson)) return portal::wrong_usage("--json needs --from");
    return from;
  }
  if (!from.starts_with(kSqlite) || from.size() == kSqlite.size()) {
    return portal::wrong_usage("--from: expected sqlite:FILE");
  }
  if (context.settings().text("database.connector") != "PostgreSQL") {
    return portal::wrong_usage(
        "--from copies to PostgreSQL: give it settings with database.connector = PostgreSQL");
  }
  return from.substr(kSqlite.size());
}

Result<Done> migrate(Context& context) {
  const auto source = source_of(context);
  if (!source) return source.error();
  const std::string directory = sql_directory(context.value(kDirectory));
  portal::Database database(context.settings(), portal::Durability::kFull, 2);
  if (context.has(kPending)) {
    const auto pending = database.pending(directory);
    if (!pending) return pending.error();
    std::cout << *pending << "\n";
    return Done{};
  }
  if (!source->empty()) {
    return migrate_from({.file = *source,
                         .settings = context.settings(),
                         .sql_directory = directory,
                         .finish = context.has(kFinish),
                         .json = context.has(kJson)},
                        database);
  }
  const auto applied = database.migrate(directory);
  if (!applied) return applied.error();
  std::cout << *applied << " migrations applied\n";
  return Done{};
}

}  // namespace
}  // namespace portalctl
