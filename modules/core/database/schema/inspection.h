// Questions of `portalctl check` about a database of either kind. Everything here runs within
// Database::read() and throws like the table classes.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/database/schema/schema_range.h"

namespace portal {

// For the Database of who asks the server or the file itself, and reads no table of the portal: any
// schema will do, and none at all.
inline constexpr SchemaRange kNoSchemaNeeded = {0, 0};

class Connection;

struct SchemaDifference {
  enum class Kind { kMissing, kChanged, kAdded };
  std::string what;  // "table.column", "index NAME", "trigger of TABLE"
  Kind kind;
};

// What a PostgreSQL database has and a SQLite database has not: indexes that only PostgreSQL's
// planner uses (sql/0012_fewer_indexes.sql).
inline constexpr std::array kOfPostgresqlOnly = {"index outbox_recipient"};

// Returns how `ours` differs from `model`, a SQLite database that the migrations have just made.
// Two SQLite databases are compared by the text of their statements; PostgreSQL is compared by
// names.
std::vector<SchemaDifference> compare_schemas(Connection& ours, Connection& model);

// The value of PRAGMA journal_mode, such as "wal". Only for SQLite.
std::string journal_mode(Connection& connection);

// When the first migration was applied, which made the database.
EpochSeconds made_at(Connection& connection);

// The server's time. Only for PostgreSQL.
EpochSeconds server_time(Connection& connection);

// What PostgreSQL's settings and catalogue say about the session's database and role.
struct ServerFacts {
  std::int64_t version = 0;  // 150008
  std::string encoding;      // "UTF8"
  std::string fsync;         // "on"
  std::string full_page_writes;
  std::string synchronous_commit;  // the value with which a session begins
  std::string standbys;            // synchronous_standby_names
  bool in_recovery = false;        // the server itself is a standby
  std::string error_verbosity;     // "terse": the server's log has no value of a row
  std::string read_only;           // who set default_transaction_read_only = on: pg_settings.source
  std::int64_t connections = 0;    // the most that this role may have at the same time
  std::string role;
  bool superuser = false;
  bool encrypted = false;  // this session, up to the server or the pooler's end of it
  bool remote = false;     // the server is reached by an address that is not the loopback
  bool pooler = false;     // one is in between: in session mode, since every other mode is refused
};
ServerFacts server_facts(Connection& connection);

// What PostgreSQL's statistics say of its standbys and of the WAL that it keeps. Only on a primary.
struct ReplicationFacts {
  std::int64_t standbys = 0;
  std::int64_t behind =
      0;  // bytes of WAL that the slowest has not replayed; -1: this role may not see it
  std::int64_t kept = 0;  // bytes that are kept for the replication slot that is furthest behind
  bool archiving_fails = false;  // archive_command failed last
};
ReplicationFacts replication_facts(Connection& connection);

}  // namespace portal
