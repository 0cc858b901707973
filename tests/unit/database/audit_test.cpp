// The audit can be added to, listed and sealed, and nothing else. On both databases.
#include "core/database/engine/connection.h"
#include "core/database/schema/private/migration_files.h"
#include "support/test_database.h"

namespace portal {
namespace {

AuditRow a_row(const std::string& id, EpochSeconds at) {
  return {id, at, "login", "account-1", "192.0.2.1", "request", "detail"};
}

class AuditTest : public EachDatabase {
 protected:
  template <class F>
  auto on(const F& function) {
    return value(database->write([&](Connection& c) {
      Audit audit(c);
      return function(audit);
    }));
  }
  void add(const AuditRow& row) {
    on([&](Audit& audit) { return audit.add(row), 0; });
  }
};

std::string ids(const std::vector<AuditRow>& rows) {
  std::string text;
  for (const auto& row : rows) text += row.id;
  return text;
}

TEST_P(AuditTest, ListsOldestFirstByWhatIsAskedFor) {
  add(a_row("b", 200));
  add(a_row("a", 100));
  auto other = a_row("c", 300);
  other.account_id = "account-2";
  add(other);
  auto logout = a_row("d", 400);
  logout.event = "logout";
  add(logout);
  const auto listed = [&](const AuditFilter& filter) {
    return ids(on([&](Audit& audit) { return audit.list(filter); }));
  };
  EXPECT_EQ(listed({}), "abcd");
  EXPECT_EQ(listed({.account_id = "account-1", .event = "", .since = 0}), "abd");
  EXPECT_EQ(listed({.account_id = "", .event = "logout", .since = 0}), "d");
  EXPECT_EQ(listed({.account_id = "account-1", .event = "login", .since = 200}), "b");
  EXPECT_EQ(listed({.account_id = "", .event = "", .since = 401}), "");
  auto by_sato = a_row("e", 500);
  by_sato.network = "";
  by_sato.actor = "sato";
  auto by_member = a_row("f", 600);
  by_member.actor = "web:member";
  for (const AuditRow& row : {by_sato, by_member}) add(row);
  EXPECT_EQ(listed({.actor = "sato"}), "e");
  EXPECT_EQ(listed({.actor = "web:member"}), "f");
  EXPECT_EQ(listed({.event = "logout", .actor = "sato"}), "");
  EXPECT_EQ(listed({.actor = "sat"}), "");
  EXPECT_EQ(listed({.account_id = "", .event = "", .since = 0, .most = 2}), "ef") << "the newest";
  const auto row = on([](Audit& audit) { return audit.list({}); }).front();
  EXPECT_EQ(row.at, 100);
  EXPECT_EQ(row.event, "login");
  EXPECT_EQ(row.account_id, "account-1");
  EXPECT_EQ(row.network, "192.0.2.1");
  EXPECT_EQ(row.request_id, "request");
  EXPECT_EQ(row.detail, "detail");
}

TEST_P(AuditTest, ASealTakesRowsInItsOwnOrder) {
  for (const char* id : {"a", "b", "c"}) add(a_row(id, 100));
  EXPECT_FALSE(on([](Audit& audit) { return audit.newest_seal(); }));
  EXPECT_EQ(on([](Audit& audit) { return audit.newest_sealed(); }), 0);
  EXPECT_EQ(ids(on([](Audit& audit) { return audit.unsealed(2); })), "ab");
  on([](Audit& audit) {
    return audit.add_seal({1, 500, 2, "hash"}, {a_row("c", 0), a_row("a", 0)}), 0;
  });
  EXPECT_EQ(ids(on([](Audit& audit) { return audit.sealed_by(1); })), "ca");
  EXPECT_EQ(ids(on([](Audit& audit) { return audit.unsealed(9); })), "b");
  EXPECT_EQ(ids(on([](Audit& audit) { return audit.unsealed(9, 101); })), "");
  EXPECT_EQ(ids(on([](Audit& audit) { return audit.unsealed(9, 0, 99); })), "");
  EXPECT_EQ(on([](Audit& audit) { return audit.count_unsealed(); }), 1);
  EXPECT_EQ(on([](Audit& audit) { return audit.newest_sealed(); }), 100);
  const auto newest = on([](Audit& audit) { return audit.newest_seal(); });
  EXPECT_TRUE(newest && newest->number == 1 && newest->sealed_at == 500);
  EXPECT_TRUE(newest && newest->row_count == 2 && newest->hash == "hash");
  EXPECT_EQ(on([](Audit& audit) { return audit.seals(0, 9).size(); }), 1U);
  EXPECT_EQ(on([](Audit& audit) { return audit.seals(1, 9).size(); }), 0U);
}

TEST_P(AuditTest, ARowIsSealedOnceAndANumberIsTakenOnce) {
  add(a_row("a", 100));
  add(a_row("b", 100));
  on([](Audit& audit) { return audit.add_seal({1, 500, 1, "hash"}, {a_row("a", 0)}), 0; });
  const std::pair<AuditSeal, AuditRow> wrong[] = {
      {{1, 500, 1, "hash"}, a_row("b", 0)},  // a number that is taken
      {{2, 500, 1, "hash"}, a_row("a", 0)},  // a row that is sealed
      {{2, 500, 1, "hash"}, a_row("c", 0)},  // no row
  };
  for (const auto& [seal, row] : wrong) {
    const auto done = database->write([&](Connection& c) {
      Audit(c).add_seal(seal, {row});
      return Done{};
    });
    ASSERT_FALSE(done) << seal.number << row.id;
    EXPECT_EQ(done.error().kind, Error::Kind::kRefused) << done.error().message;
  }
}

TEST_P(AuditTest, TheDatabaseItselfRefusesChanges) {
  add(a_row("a", 100));
  on([](Audit& audit) { return audit.add_seal({1, 500, 1, "hash"}, {a_row("a", 0)}), 0; });
  std::vector<std::string> statements = {
      "UPDATE audit SET detail = 'x'",
      "UPDATE audit SET at = at WHERE id = 'a'",
      "UPDATE audit_seal SET hash = 'x'",
      "UPDATE audit_sealed SET position = 7",
      "DELETE FROM audit_sealed",
      "DELETE FROM audit_seal",
      "DELETE FROM audit",
  };
  if (GetParam() == "SQLite") {
    statements.emplace_back("REPLACE INTO audit SELECT * FROM audit");
    statements.emplace_back("REPLACE INTO audit_seal SELECT * FROM audit_seal");
    statements.emplace_back("REPLACE INTO audit_sealed SELECT * FROM audit_sealed");
  } else {
    statements.emplace_back("TRUNCATE audit, audit_seal, audit_sealed");
  }
  for (const std::string& statement : statements) {
    const auto done = database->write([&](Connection& c) {
      c.execute_once(statement);
      return Done{};
    });
    ASSERT_FALSE(done) << statement;
    EXPECT_EQ(done.error().kind, Error::Kind::kRefused) << statement << done.error().message;
    EXPECT_NE(done.error().message.find("append only"), std::string::npos)
        << statement << ": " << done.error().message;
  }
  EXPECT_EQ(ids(on([](Audit& audit) { return audit.sealed_by(1); })), "a");
}

INSTANTIATE_TEST_SUITE_P(, AuditTest, testing::Values("SQLite", "PostgreSQL"),
                         [](const auto& test) { return test.param; });

TEST(MigrationMarker, AStatementMayBeForOneConnectorOnly) {
  const auto statements = split_statements(
      "-- a comment\n-- only: SQLite\nA\n-- within\nA2\n\n-- only: PostgreSQL\nB\n\nC\n");
  ASSERT_EQ(statements.size(), 3U);
  EXPECT_EQ(statements[0], "-- only: SQLite\nA\nA2\n");
  EXPECT_EQ(statements[2], "C\n");
  EXPECT_TRUE(meant_for(statements[0], "SQLite"));
  EXPECT_FALSE(meant_for(statements[0], "PostgreSQL"));
  EXPECT_FALSE(meant_for(statements[1], "SQLite"));
  EXPECT_TRUE(meant_for(statements[1], "PostgreSQL"));
  EXPECT_TRUE(meant_for(statements[2], "SQLite") && meant_for(statements[2], "PostgreSQL"));
}

TEST(MigrationMarker, AWrongOneIsRefused) {
  const std::pair<const char*, const char*> cases[] = {
      {"-- only: MySQL\nSELECT 1\n", "expected SQLite or PostgreSQL"},
      {"-- only: sqlite\nSELECT 1\n", "expected SQLite or PostgreSQL"},
      {"-- only: SQLite\n\nSELECT 1\n", "nothing follows `-- only: SQLite`"},
  };
  for (const auto& [content, words] : cases) {
    const Folder folder;
    folder.write("0001_a.sql", content);
    const auto files = read_migrations(folder.path());
    ASSERT_FALSE(files) << content;
    EXPECT_NE(files.error().message.find(words), std::string::npos) << files.error().message;
  }
}

}  // namespace
}  // namespace portal
