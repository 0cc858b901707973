// The migrations make the same schema on SQLite and PostgreSQL: tables, columns, keys, constraints,
// indexes. Each side is read from its own catalogue and put into the same words, a line each.
#include <Poco/RegularExpression.h>
#include <Poco/String.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "core/database/engine/connection.h"
#include "core/database/schema/inspection.h"
#include "support/test_database.h"

namespace portal {
namespace {

using Lines = std::set<std::string>;

// An expression or statement without what the engines write in their own way: case, blanks,
// parentheses, types of literals, `IN`.
std::string plain(std::string text) {
  const std::pair<const char*, const char*> kinds[] = {
      {"[\\s()]", ""},        {"::[a-z]+", ""}, {"public\\.", ""}, {"usingbtree", ""},
      {"=anyarray\\[", "in"}, {"\\]", ""},      {"\"", ""}};
  text = Poco::toLower(text);
  for (const auto& [pattern, replacement] : kinds) {
    Poco::RegularExpression(pattern).subst(text, replacement, Poco::RegularExpression::RE_GLOBAL);
  }
  return text;
}

// What follows each CHECK in a CREATE TABLE, to the parenthesis that closes it.
std::vector<std::string> checks_in(const std::string& sql) {
  std::vector<std::string> checks;
  for (auto at = sql.find("CHECK ("); at != std::string::npos; at = sql.find("CHECK (", at + 1)) {
    int depth = 0;
    auto end = at;
    do {
      end = sql.find_first_of("()", end + 1);
      depth += sql.at(end) == '(' ? 1 : -1;
    } while (depth > 0);
    checks.push_back(sql.substr(at, end - at));
  }
  return checks;
}

// One query of a catalogue: its columns joined with blanks are a line; the last one is an
// expression or a statement, if it says so.
struct Query {
  const char* what;
  std::size_t columns;
  bool text;
  const char* sql;
};

constexpr Query kSqlite[] = {
    {"table", 1, false, "SELECT name FROM sqlite_master WHERE type = 'table'"},
    {"column", 4, true,
     "SELECT m.name || '.' || c.name, LOWER(c.type), "
     "CASE WHEN c.\"notnull\" THEN 'not null' ELSE 'null' END, COALESCE(c.dflt_value, '') "
     "FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"},
    {"primary key", 2, false,
     "SELECT name, group_concat(key) FROM (SELECT m.name AS name, c.name AS key "
     "FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.pk > 0 "
     "ORDER BY m.name, c.pk) GROUP BY name"},
    {"unique", 2, false,
     "SELECT owner, group_concat(key) FROM (SELECT m.name AS owner, i.name AS name, c.name AS key "
     "FROM sqlite_master m JOIN pragma_index_list(m.name) i JOIN pragma_index_info(i.name) c "
     "WHERE m.type = 'table' AND i.origin = 'u' ORDER BY i.name, c.seqno) GROUP BY owner, name"},
    {"foreign key", 5, false,
     "SELECT m.name || '.' || group_concat(k.\"from\"), k.\"table\", group_concat(k.\"to\"), "
     "k.on_update, k.on_delete FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) k "
     "WHERE m.type = 'table' GROUP BY m.name, k.id"},
    {"index", 2, true,
     "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"},
    // The audit is append only. Their form is the engine's own: SQLite has a trigger for each
    // event and table, PostgreSQL some for several events, which call functions.
    {"triggers on", 2, false,
     "SELECT DISTINCT tbl_name, event FROM sqlite_master "
     "JOIN (SELECT 'update' AS event UNION SELECT 'delete') ON sql LIKE '% BEFORE ' || event || ' "
     "ON %' "
     "WHERE type = 'trigger'"},
};

constexpr Query kPostgresql[] = {
    {"table", 1, false, "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"},
    {"column", 4, true,
     "SELECT c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod), "
     "CASE WHEN a.attnotnull THEN 'not null' ELSE 'null' END, "
     "COALESCE(pg_get_expr(d.adbin, d.adrelid), '') FROM pg_class c "
     "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
     "LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum "
     "WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"},
    {"primary key", 2, false,
     "SELECT c.relname::text, string_agg(a.attname, ',' ORDER BY u.position) FROM pg_constraint k "
     "JOIN pg_class c ON c.oid = k.conrelid "
     "CROSS JOIN LATERAL unnest(k.conkey) WITH ORDINALITY AS u(number, position) "
     "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.number "
     "WHERE k.contype = 'p' AND c.relnamespace = 'public'::regnamespace GROUP BY c.relname, k.oid"},
    {"unique", 2, false,
     "SELECT c.relname::text, string_agg(a.attname, ',' ORDER BY u.position) FROM pg_constraint k "
     "JOIN pg_class c ON c.oid = k.conrelid "
     "CROSS JOIN LATERAL unnest(k.conkey) WITH ORDINALITY AS u(number, position) "
     "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.number "
     "WHERE k.contype = 'u' AND c.relnamespace = 'public'::regnamespace GROUP BY c.relname, k.oid"},
    {"foreign key", 5, false,
     "SELECT c.relname || '.' || string_agg(a.attname, ',' ORDER BY u.position), p.relname::text, "
     "string_agg(b.attname, ',' ORDER BY u.position), "
     "CASE k.confupdtype WHEN 'a' THEN 'NO ACTION' WHEN 'c' THEN 'CASCADE' ELSE 'other' END, "
     "CASE k.confdeltype WHEN 'a' THEN 'NO ACTION' WHEN 'c' THEN 'CASCADE' ELSE 'other' END "
     "FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid "
     "JOIN pg_class p ON p.oid = k.confrelid "
     "CROSS JOIN LATERAL unnest(k.conkey, k.confkey) WITH ORDINALITY AS u(ours, theirs, position) "
     "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.ours "
     "JOIN pg_attribute b ON b.attrelid = p.oid AND b.attnum = u.theirs "
     "WHERE k.contype = 'f' AND c.relnamespace = 'public'::regnamespace "
     "GROUP BY c.relname, p.relname, k.oid, k.confupdtype, k.confdeltype"},
    {"index", 2, true,
     "SELECT i.relname::text, pg_get_indexdef(i.oid) FROM pg_index x "
     "JOIN pg_class i ON i.oid = x.indexrelid WHERE i.relnamespace = 'public'::regnamespace "
     "AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.oid "
     "AND k.contype IN ('p', 'u'))"},
    {"check", 2, true,
     "SELECT c.relname::text, pg_get_constraintdef(k.oid) FROM pg_constraint k "
     "JOIN pg_class c ON c.oid = k.conrelid WHERE k.contype = 'c'"},
    {"triggers on", 2, false,
     "SELECT DISTINCT c.relname::text, e.event FROM pg_trigger t "
     "JOIN pg_class c ON c.oid = t.tgrelid "
     "JOIN (VALUES ('delete', 8), ('update', 16)) AS e (event, bit) ON t.tgtype & e.bit <> 0 "
     "WHERE NOT t.tgisinternal"},
};

Lines lines_of(Connection& connection, std::span<const Query> queries) {
  Lines lines;
  for (const Query& query : queries) {
    for (Row& row : connection.select(query.sql, query.columns)) {
      if (query.text) row.back() = plain(row.back());
      std::string line = query.what;
      for (const std::string& part : row) line += " " + part;
      lines.insert(Poco::trimRight(line));
    }
  }
  return lines;
}

// Without what SQLite shall not have.
Lines schema_of_postgresql(Connection& connection) {
  Lines lines = lines_of(connection, kPostgresql);
  for (const std::string what : kOfPostgresqlOnly) {
    const auto own = [&](const std::string& line) { return line.starts_with(what + " "); };
    EXPECT_EQ(std::erase_if(lines, own), 1U) << what;
  }
  return lines;
}

Lines schema(Connection& connection) {
  if (connection.is_postgresql()) return schema_of_postgresql(connection);
  Lines lines = lines_of(connection, kSqlite);
  for (const Row& table :
       connection.select("SELECT name, sql FROM sqlite_master WHERE type = 'table'", 2)) {
    for (const std::string& check : checks_in(table[1])) {
      lines.insert("check " + table[0] + " " + plain(check));
    }
  }
  return lines;
}

Lines schema(Database& database) {
  return value(database.read([](Connection& c) { return schema(c); }));
}

Lines only_in(const Lines& a, const Lines& b) {
  Lines lines;
  std::ranges::set_difference(a, b, std::inserter(lines, lines.end()));
  return lines;
}

class SchemaTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto settings = new_postgresql();
    if (!settings) GTEST_SKIP() << "PostgreSQL is not installed";
    postgresql = std::make_unique<Database>(*settings, Durability::kRelaxed, 1);
    sqlite = std::make_unique<Database>(sqlite_settings(folder.file("portal.db")),
                                        Durability::kRelaxed, 1);
    value(postgresql->migrate(kMigrations));
    value(sqlite->migrate(kMigrations));
  }
  Folder folder;
  std::unique_ptr<Database> postgresql;
  std::unique_ptr<Database> sqlite;
};

TEST_F(SchemaTest, IsTheSameOnBoth) {
  const Lines ours = schema(*sqlite);
  const Lines theirs = schema(*postgresql);
  EXPECT_EQ(only_in(ours, theirs), Lines()) << "of SQLite only";
  EXPECT_EQ(only_in(theirs, ours), Lines()) << "of PostgreSQL only";
  // Each kind was read at all.
  for (const char* line :
       {"table outbox", "column account.state text not null 'active'",
        "column activation_link.failed_attempts integer not null",
        "primary key roster_version registration_number,from_edition",
        "unique waiting registration_number,email_key",
        "foreign key mail_attempt.outbox_id outbox id NO ACTION CASCADE",
        "index outbox_id_lower createindexoutbox_id_loweronoutboxlowerid",
        "index event_email createindexevent_emailoneventemail_hashwhereemail_hash<>''",
        "check account checkstatein'active','disabled'", "triggers on audit_seal update",
        "triggers on audit_seal delete"}) {
    EXPECT_TRUE(ours.contains(line)) << line;
  }
}

// So that a range of keys is the same on both, whatever the database's collation.
TEST_F(SchemaTest, KeysOfThrottlesAreInTheOrderOfTheirBytes) {
  EXPECT_EQ(value(postgresql->read([](Connection& c) {
              return c.select(
                  "SELECT COALESCE(collation_name, '') FROM information_schema.columns "
                  "WHERE table_name = 'throttle' AND column_name = 'key'",
                  1);
            })),
            std::vector<Row>{{"C"}});
}

// A column that may be NULL would be an empty text, or 0, in this portal (connection.h).
TEST_F(SchemaTest, HasNoColumnThatMayBeNull) {
  for (const std::string& line : schema(*sqlite)) {
    EXPECT_TRUE(!line.starts_with("column ") || line.find(" not null") != std::string::npos)
        << line;
  }
}

TEST_F(SchemaTest, AnyDifferenceIsSeen) {
  const struct {
    const char* sql;   // on PostgreSQL
    const char* lost;  // what only SQLite has then
  } cases[] = {
      {"DROP INDEX draft_expires_at",
       "index draft_expires_at createindexdraft_expires_atondraftexpires_at"},
      {"DROP TABLE throttle", "table throttle"},
      {"ALTER TABLE draft DROP COLUMN sealed", "column draft.sealed text not null"},
      {"ALTER TABLE draft ALTER COLUMN sealed DROP NOT NULL", "column draft.sealed text not null"},
      {"ALTER TABLE draft ALTER COLUMN sealed SET DEFAULT 'x'",
       "column draft.sealed text not null"},
      {"ALTER TABLE draft ALTER COLUMN expires_at TYPE INTEGER",
       "column draft.expires_at bigint not null"},
      {"ALTER TABLE draft DROP CONSTRAINT draft_pkey", "primary key draft id"},
      {"ALTER TABLE account DROP CONSTRAINT account_email_key_key", "unique account email_key"},
      {"ALTER TABLE web_session DROP CONSTRAINT web_session_account_id_fkey, "
       "ADD FOREIGN KEY (account_id) REFERENCES account (id)",
       "foreign key web_session.account_id account id NO ACTION CASCADE"},
      {"ALTER TABLE account DROP CONSTRAINT account_state_check, "
       "ADD CHECK (state IN ('active', 'away'))",
       "check account checkstatein'active','disabled'"},
      {"DROP TRIGGER audit_append_only ON audit", "triggers on audit update"},
      {"DROP TRIGGER audit_kept ON audit", "triggers on audit delete"},
  };
  const Lines ours = schema(*sqlite);
  for (const auto& test : cases) {
    value(postgresql->read([&](Connection& c) {
      const Transaction taken_back(c);
      c.execute_once(test.sql);
      EXPECT_TRUE(only_in(ours, schema(c)).contains(test.lost)) << test.sql;
      return Done{};
    }));
  }
  const std::pair<const char*, const char*> indexes[] = {
      {"outbox_due", "outbox (next_attempt_at, state, id)"},
      {"outbox_due", "outbox (state, next_attempt_at DESC, id)"},
      {"event_email", "event (email_hash)"},
      {"event_email", "event (email_hash) WHERE email_hash <> 'x'"},
      {"outbox_id_lower", "outbox (id)"},
  };
  for (const auto& [name, columns] : indexes) {
    value(postgresql->read([&, index = std::string(name), on = columns](Connection& c) {
      const Transaction taken_back(c);
      c.execute_once("DROP INDEX " + index);
      c.execute_once("CREATE INDEX " + index + " ON " + on);
      EXPECT_EQ(only_in(ours, schema(c)).size(), 1U) << on;
      EXPECT_EQ(only_in(schema(c), ours).size(), 1U) << on;
      return Done{};
    }));
  }
}

}  // namespace
}  // namespace portal
