#include "core/database/schema/inspection.h"

#include <Poco/NumberParser.h>

#include <map>

#include "core/database/engine/connection.h"

namespace portal {
namespace {

using Parts = std::map<std::string, std::string>;  // part of a schema → its statement, or empty

const std::string kSqliteColumns =
    "SELECT m.name || '.' || c.name, '' FROM sqlite_master m JOIN pragma_table_info(m.name) c "
    "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'";
const std::string kSqliteIndexes =
    "SELECT 'index ' || name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL";
// Includes the statement, for two SQLite databases.
const std::string kSqliteTables =
    "SELECT 'table ' || name, sql FROM sqlite_master WHERE type = 'table' "
    "AND name NOT LIKE 'sqlite_%'";
const std::string kSqliteTriggers =
    "SELECT 'trigger ' || name, sql FROM sqlite_master WHERE type = 'trigger'";
// Triggers have other names on PostgreSQL, so only their tables are compared, and whether they
// watch changes and removals; PostgreSQL needs none for insertions.
const std::string kSqliteGuarded =
    "SELECT DISTINCT 'trigger of ' || tbl_name || ' for ' || event, '' FROM sqlite_master "
    "JOIN (SELECT 'update' AS event UNION SELECT 'delete') "
    "ON sql LIKE '% BEFORE ' || event || ' ON %' WHERE type = 'trigger'";

const std::string kColumns =
    "SELECT c.relname || '.' || a.attname, '' FROM pg_class c "
    "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
    "WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'";
// Without indexes that a constraint made: PostgreSQL chose their names.
const std::string kIndexes =
    "SELECT 'index ' || c.relname, '' FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
    "WHERE c.relnamespace = current_schema()::regnamespace AND i.indisvalid "
    "AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)";
const std::string kGuarded =
    "SELECT DISTINCT 'trigger of ' || c.relname || ' for ' || e.event, '' FROM pg_trigger t "
    "JOIN (VALUES ('delete', 8), ('update', 16)) AS e (event, bit) ON t.tgtype & e.bit <> 0 "
    "JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' "
    "AND c.relnamespace = current_schema()::regnamespace";

const std::string kServer =
    "SELECT current_setting('server_version_num'), pg_encoding_to_char(d.encoding)::text, "
    "current_setting('fsync'), current_setting('full_page_writes'), "
    "(SELECT reset_val FROM pg_settings WHERE name = 'synchronous_commit'), "
    "current_setting('synchronous_standby_names'), "
    "pg_is_in_recovery()::int::text, "
    "LEAST(current_setting('max_connections')::int "
    "- current_setting('superuser_reserved_connections')::int, "
    "NULLIF(d.datconnlimit, -1), NULLIF(r.rolconnlimit, -1))::text, "
    "r.rolname::text, r.rolsuper::int::text, "
    "(SELECT COALESCE(MAX(source), '') FROM pg_settings "
    "WHERE name = 'default_transaction_read_only' AND setting = 'on'), "
    "current_setting('log_error_verbosity'), "
    "COALESCE((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false)::int::text, "
    "COALESCE(NOT inet_server_addr() <<= inet '127.0.0.0/8' AND inet_server_addr() <> inet '::1', "
    "false)::int::text "
    "FROM pg_database d, pg_roles r WHERE d.datname = current_database() "
    "AND r.rolname = current_user";

const std::string kReplication =
    "SELECT (SELECT COUNT(*) FROM pg_stat_replication)::text, "
    "(SELECT COALESCE(MAX(COALESCE(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn), -1)), 0) "
    "FROM pg_stat_replication)::bigint::text, "
    "(SELECT COALESCE(MAX(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)), 0) "
    "FROM pg_replication_slots)::bigint::text, "
    "(SELECT COALESCE(last_failed_time > COALESCE(last_archived_time, '-infinity'), false) "
    "FROM pg_stat_archiver)::int::text";

void add(Connection& connection, const std::string& sql, Parts& parts) {
  for (Row& row : connection.select(sql, 2)) parts[row[0]] = std::move(row[1]);
}

Parts parts_of(Connection& connection, bool statements) {
  Parts parts;
  if (connection.is_postgresql()) {
    for (const auto& sql : {kColumns, kIndexes, kGuarded}) add(connection, sql, parts);
    return parts;
  }
  for (const auto& sql : {kSqliteColumns, kSqliteIndexes}) add(connection, sql, parts);
  if (!statements) {
    add(connection, kSqliteGuarded, parts);
    for (auto& [what, statement] : parts) statement.clear();
    return parts;
  }
  for (const auto& sql : {kSqliteTables, kSqliteTriggers}) add(connection, sql, parts);
  return parts;
}

}  // namespace

std::vector<SchemaDifference> compare_schemas(Connection& ours, Connection& model) {
  using Kind = SchemaDifference::Kind;
  const bool statements = !ours.is_postgresql();
  Parts left = parts_of(ours, statements);
  Parts expected = parts_of(model, statements);
  if (ours.is_postgresql()) {
    for (const char* what : kOfPostgresqlOnly) expected[what];
  }
  std::vector<SchemaDifference> differences;
  for (const auto& [what, statement] : expected) {
    const auto found = left.find(what);
    if (found == left.end()) {
      differences.push_back({what, Kind::kMissing});
    } else if (found->second != statement) {
      differences.push_back({what, Kind::kChanged});
    }
    if (found != left.end()) left.erase(found);
  }
  for (const auto& [what, statement] : left) differences.push_back({what, Kind::kAdded});
  return differences;
}

std::string journal_mode(Connection& connection) {
  return connection.select("PRAGMA journal_mode", 1).at(0).at(0);
}

EpochSeconds made_at(Connection& connection) {
  return connection.number("SELECT COALESCE(MIN(applied_at), 0) FROM schema_migration");
}

EpochSeconds server_time(Connection& connection) {
  return connection.number("SELECT EXTRACT(EPOCH FROM clock_timestamp())::bigint");
}

ServerFacts server_facts(Connection& connection) {
  const Row row = connection.select(kServer, 14).at(0);
  ServerFacts facts;
  facts.version = Poco::NumberParser::parse64(row[0]);
  facts.encoding = row[1];
  facts.fsync = row[2];
  facts.full_page_writes = row[3];
  facts.synchronous_commit = row[4];
  facts.standbys = row[5];
  facts.in_recovery = row[6] == "1";
  facts.connections = Poco::NumberParser::parse64(row[7]);
  facts.role = row[8];
  facts.superuser = row[9] == "1";
  facts.pooler = connection.pooled();
  facts.read_only = row[10];
  facts.error_verbosity = row[11];
  facts.encrypted = row[12] == "1";
  facts.remote = row[13] == "1";
  return facts;
}

ReplicationFacts replication_facts(Connection& connection) {
  const Row row = connection.select(kReplication, 4).at(0);
  return {Poco::NumberParser::parse64(row[0]), Poco::NumberParser::parse64(row[1]),
          Poco::NumberParser::parse64(row[2]), row[3] == "1"};
}

}  // namespace portal
