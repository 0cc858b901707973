// Database::check, expect_schema and migrate. Table schema_migration has a row for each applied
// file.
#include "core/base/clock.h"
#include "core/database/engine/parts.h"
#include "core/database/schema/copy_mark.h"
#include "core/database/schema/private/migration_files.h"

namespace portal {
namespace {

const std::string kMakeTable =
    "CREATE TABLE IF NOT EXISTS schema_migration ("
    "version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)";
const std::string kVersion =
    "SELECT COALESCE(MAX(version), 0) FROM schema_migration WHERE version < $1";
const std::string kRecord =
    "INSERT INTO schema_migration (version, name, applied_at) VALUES ($1, $2, $3)";

Error newer(const Engine& engine, std::int64_t version, std::int64_t known) {
  return refused(engine.name() + " is at version " + std::to_string(version) +
                 ", newer than this program (" + std::to_string(known) +
                 "): install the program that made it");
}

Error older(const Engine& engine, std::int64_t version, std::int64_t needed) {
  return unavailable(engine.name() + " is at version " + std::to_string(version) +
                     ", this program needs " + std::to_string(needed) +
                     ": run `portalctl migrate`");
}

std::int64_t version_of(Connection& connection) {
  return connection.number(kVersion, {kCopyMark});
}

Error unfinished(const Engine& engine, const std::string& source) {
  return unavailable(engine.name() + " is an unfinished copy: stop the portal and run `portalctl " +
                     "migrate --from sqlite:" + source + " --finish`");
}

// True if the file was applied now, false if it had been applied before. A second program waits for
// the lock and then finds the row.
bool apply(const Engine& engine, Connection& connection, const MigrationFile& file) {
  Transaction transaction(connection);
  connection.execute_once(engine.migration_lock());
  connection.execute_once(kMakeTable);
  if (version_of(connection) >= file.version) return false;
  try {
    for (const std::string& statement : file.statements) {
      if (meant_for(statement, engine.connector())) connection.execute_once(statement);
    }
  } catch (const Poco::Exception& exception) {
    const Error why = engine.why(exception);
    throw Failure(Error{why.kind, file.name + ": " + why.message + "; nothing of it was applied"});
  }
  connection.execute(kRecord, {file.version, file.name, system_now()});
  if (const auto done = engine.before_commit(connection); !done) throw Failure(done.error());
  transaction.commit();
  return true;
}

}  // namespace

void Database::expect_schema(Connection& connection) {
  if (parts_->schema.oldest == 0) return;  // kNoSchemaNeeded
  auto& [due, version] = parts_->schema_look;
  const auto now = std::chrono::steady_clock::now();
  if (now < due.load()) return connection.set_schema(version);
  const std::int64_t found = version_of(connection);
  const auto& [oldest, newest] = parts_->schema;
  if (found > newest) throw Failure(newer(*parts_->engine, found, newest));
  if (found < oldest) throw Failure(older(*parts_->engine, found, oldest));
  version = found;
  due = now + kSchemaLook;
  connection.set_schema(found);
}

Result<Done> Database::check() {
  parts_->schema_look.due.store({});
  const auto source = read([](Connection& connection) { return copy_mark(connection); });
  if (!source) return source.error();
  if (*source) return unfinished(*parts_->engine, **source);
  return Done{};
}

Result<int> Database::migrate(const std::string& directory) {
  const auto files = read_migrations(directory);
  if (!files) return files.error();
  Engine& engine = *parts_->engine;
  try {
    engine.create();
    auto session = parts_->sessions.take();
    engine.lift_limits(*session);
    int applied = 0;
    for (const MigrationFile& file : *files) {
      if (apply(engine, *session, file)) ++applied;
    }
    const auto known = static_cast<std::int64_t>(files->size());
    if (const auto version = version_of(*session); version > known) {
      return newer(engine, version, known);
    }
    parts_->schema_look.due.store({});
    return applied;
  } catch (const Poco::Exception& exception) {
    return engine.why(exception);
  }
}

Result<int> Database::pending(const std::string& directory) {
  const auto files = read_migrations(directory);
  if (!files) return files.error();
  const auto known = static_cast<std::int64_t>(files->size());
  const Engine& engine = *parts_->engine;
  try {
    auto session = parts_->sessions.take();
    const std::int64_t version = version_of(*session);
    if (version > known) return newer(engine, version, known);
    return static_cast<int>(known - version);
  } catch (const Poco::Exception& exception) {
    if (table_missing(exception)) return static_cast<int>(known);
    return engine.why(exception);
  }
}

}  // namespace portal
