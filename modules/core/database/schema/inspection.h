// What an operator's check asks of a database, whichever it is. Everything here runs within
// Database::read(), and throws as the table classes do.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/clock.h"

namespace portal {

class Connection;

struct SchemaDifference {
  enum class Kind { kMissing, kChanged, kAdded };
  std::string what;  // "table.column", "index NAME", "trigger of TABLE"
  Kind kind;
};

// What `ours` has not as `model` has it: a SQLite database that the migrations have just made.
// Where ours is SQLite too, by the text of its statements; on PostgreSQL by names.
std::vector<SchemaDifference> compare_schemas(Connection& ours, Connection& model);

// PRAGMA journal_mode: "wal". Only SQLite.
std::string journal_mode(Connection& connection);

// The server's time. Only PostgreSQL.
EpochSeconds server_time(Connection& connection);

// Only PostgreSQL: what its settings and catalogue say of the session's database and role.
struct ServerFacts {
  std::int64_t version = 0;  // 150008
  std::string encoding;      // "UTF8"
  std::string fsync;         // "on"
  std::string full_page_writes;
  std::string synchronous_commit;  // what a session begins with
  std::string standbys;            // synchronous_standby_names
  bool in_recovery = false;        // it is a standby itself
  std::int64_t connections = 0;    // that this role may have here at the same time
  std::string role;
  bool superuser = false;
};
ServerFacts server_facts(Connection& connection);

// Only PostgreSQL: the roles of sql/roles.sql, which the owner of the tables runs after each
// migration.
struct RoleFacts {
  bool made = false;                   // all three are there
  std::vector<std::string> untouched;  // tables of which none of them may do anything
  std::vector<std::string> readers;    // of a column password_hash, which none should be
};
RoleFacts role_facts(Connection& connection);

}  // namespace portal
