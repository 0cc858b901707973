// Database::check and Database::migrate. Table schema_migration has a row for each applied file.
#include "core/base/clock.h"
#include "core/database/engine/parts.h"
#include "core/database/schema/copy_mark.h"
#include "core/database/schema/private/migration_files.h"

namespace portal {
namespace {

constexpr int kBuiltFor = PORTAL_SCHEMA_VERSION;  // the newest file of sql/, from CMake

const std::string kMakeTable =
    "CREATE TABLE IF NOT EXISTS schema_migration ("
    "version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)";
const std::string kVersion =
    "SELECT COALESCE(MAX(version), 0) FROM schema_migration WHERE version < $1";
const std::string kRecord =
    "INSERT INTO schema_migration (version, name, applied_at) VALUES ($1, $2, $3)";

Error newer(const Engine& engine, std::int64_t version, std::size_t known) {
  return refused(engine.name() + " is at version " + std::to_string(version) +
                 ", newer than this program (" + std::to_string(known) +
                 "): install the program that made it");
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
  transaction.commit();
  return true;
}

}  // namespace

Result<Done> Database::check() {
  struct Found {
    std::int64_t version;
    std::optional<std::string> source;
  };
  const auto found = read([](Connection& connection) {
    return Found{version_of(connection), copy_mark(connection)};
  });
  if (!found) return found.error();
  const auto& [version, source] = *found;
  const Engine& engine = *parts_->engine;
  if (version > kBuiltFor) return newer(engine, version, kBuiltFor);
  if (version < kBuiltFor) {
    return unavailable(engine.name() + " is at version " + std::to_string(version) +
                       ", this program needs " + std::to_string(kBuiltFor) +
                       ": run `portalctl migrate`");
  }
  if (source) return unfinished(engine, *source);
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
    if (const auto version = version_of(*session);
        version > static_cast<std::int64_t>(files->size())) {
      return newer(engine, version, files->size());
    }
    return applied;
  } catch (const Poco::Exception& exception) {
    return engine.why(exception);
  }
}

}  // namespace portal
