// A statement is compiled once in a session, on both databases, and leaves nothing behind.
#include "core/database/engine/connection.h"
#include "core/database/engine/sqlite_statements.h"
#include "core/database/engine/statement_counts.h"
#include "core/database/schema/inspection.h"
#include "support/test_database.h"

namespace portal {
namespace {

class StatementsTest : public EachDatabase {
 protected:
  void SetUp() override {
    EachDatabase::SetUp();
    if (IsSkipped()) return;
    // One session, which looks at no schema meanwhile.
    database = std::make_unique<Database>(settings, Durability::kFull, 1, Database::kPatience,
                                          kNoSchemaNeeded);
  }
  template <class F>
  auto write(const F& function) {
    return value(database->write(function));
  }
};

TEST_P(StatementsTest, AreCompiledOnceInASession) {
  const auto use = [&](const std::string& id) {
    write([&](Connection& c) {
      Drafts(c).add({id, "sealed", 2});
      return Drafts(c).find(id, 1).has_value();
    });
  };
  use("first");
  const auto before = statement_counts();
  for (const char* id : {"second", "third"}) use(id);
  const auto counts = statement_counts() - before;
  EXPECT_EQ(counts.compiled, 0U);
  EXPECT_EQ(counts.executed, 8U) << "of each BEGIN, two, COMMIT";
}

TEST_P(StatementsTest, FollowAChangeOfTheSchema) {
  const auto clinics = [&] {
    return write([&](Connection& c) { return Roster(c).find(a_number("契0123456-7-8")); });
  };
  EXPECT_FALSE(clinics());
  Database other(settings, Durability::kFull, 1);
  value(other.write([](Connection& c) {
    c.execute_once("ALTER TABLE roster_version ADD COLUMN later TEXT NOT NULL DEFAULT 'x'");
    c.execute_once("CREATE INDEX later ON roster_version (registration_number, to_edition)");
    return Roster(c).put(a_clinic("契0123456-7-8", "みなと整骨院"));
  }));
  const auto before = statement_counts();
  EXPECT_EQ(clinics()->name, "みなと整骨院");
  EXPECT_EQ((statement_counts() - before).compiled, 0U);
}

TEST_P(StatementsTest, TakeOtherValuesEachTimeAndGiveThemBackAsTheyWere) {
  const std::string long_text(70'000, 'x');
  const std::string sql = "SELECT CAST($1 AS TEXT), CAST($2 AS BIGINT)";
  for (const auto& [text, number] : std::vector<std::pair<std::string, std::int64_t>>{
           {"", 0}, {long_text, INT64_MAX}, {"髙﨑'\n", INT64_MIN}, {"", -1}}) {
    const Row row = write([&](Connection& c) { return c.select(sql, 2, {text, number}).at(0); });
    EXPECT_EQ(row[0], text);
    EXPECT_EQ(row[1], std::to_string(number));
  }
}

TEST_P(StatementsTest, SayHowManyRowsTheyHaveChanged) {
  write([&](Connection& c) {
    const std::string change = "UPDATE throttle SET tries = 2 WHERE tries = 1";
    EXPECT_EQ(c.execute(change), 0U);
    const std::string add =
        "INSERT INTO throttle (key, tries, first_at, blocked_until) VALUES "
        "($1, 1, 0, 0) ON CONFLICT (key) DO NOTHING";
    EXPECT_EQ(c.execute(add, {"a"}), 1U);
    EXPECT_EQ(c.execute(add, {"b"}), 1U);
    EXPECT_EQ(c.execute(add, {"b"}), 0U);
    EXPECT_EQ(c.execute(change), 2U);
    return Done{};
  });
}

INSTANTIATE_TEST_SUITE_P(, StatementsTest, testing::Values("SQLite", "PostgreSQL"),
                         [](const auto& test) { return test.param; });

// A session of SQLite's, with a table.
class SqliteStatementsTest : public testing::Test {
 protected:
  SqliteStatementsTest() {
    EXPECT_EQ(sqlite3_open(folder_.file("a.db").c_str(), &session_), SQLITE_OK);
    statements_.emplace(session_);
    statements_->select("PRAGMA journal_mode = WAL", 1, {});
    statements_->execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE)", {});
  }
  ~SqliteStatementsTest() override {
    statements_.reset();
    EXPECT_EQ(sqlite3_close(session_), SQLITE_OK) << "a statement was left";
  }
  void expect_nothing_held() {
    EXPECT_NE(sqlite3_get_autocommit(session_), 0);
    EXPECT_EQ(sqlite3_txn_state(session_, nullptr), SQLITE_TXN_NONE);
    for (auto* each = sqlite3_next_stmt(session_, nullptr); each != nullptr;
         each = sqlite3_next_stmt(session_, each)) {
      EXPECT_EQ(sqlite3_stmt_busy(each), 0) << sqlite3_sql(each);
      const std::unique_ptr<char, decltype(&sqlite3_free)> text(sqlite3_expanded_sql(each),
                                                                &sqlite3_free);
      EXPECT_EQ(std::string_view(text.get()).find("secret"), std::string_view::npos);
    }
  }
  Folder folder_;
  sqlite3* session_ = nullptr;
  std::optional<SqliteStatements> statements_;
};

TEST_F(SqliteStatementsTest, HoldNoLockAndNoValueWhenTheyHaveEnded) {
  const std::string add = "INSERT INTO t (name) VALUES ($1) RETURNING id";
  EXPECT_EQ(statements_->select(add, 1, {"secret"}).size(), 1U);
  expect_nothing_held();
  EXPECT_EQ(statements_->select("SELECT id FROM t WHERE name <> $1", 1, {"secret2"}).size(), 1U);
  expect_nothing_held();
  EXPECT_THROW(statements_->select(add, 1, {"secret"}), Poco::Exception) << "not unique";
  expect_nothing_held();
  EXPECT_EQ(statements_->select(add, 1, {"another"}).at(0).at(0), "2") << "works again";
  EXPECT_THROW(statements_->execute("SELECT nothing", {}), Poco::Exception);
  expect_nothing_held();
}

// Busy, interrupted: the next call works.
TEST_F(SqliteStatementsTest, AreNotLostWhenTheyFail) {
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(folder_.file("a.db").c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  const std::string add = "INSERT INTO t (name) VALUES ($1)";
  EXPECT_THROW(statements_->execute(add, {"a"}), Poco::Exception);
  expect_nothing_held();
  sqlite3_close(other);
  EXPECT_EQ(statements_->execute(add, {"a"}), 1U);

  sqlite3_progress_handler(
      session_, 1, [](void*) { return 1; }, nullptr);
  EXPECT_THROW(statements_->execute(add, {"b"}), Poco::Exception);
  sqlite3_progress_handler(session_, 0, nullptr, nullptr);
  expect_nothing_held();
  EXPECT_EQ(statements_->execute(add, {"b"}), 1U);
}

}  // namespace
}  // namespace portal
