// migrate() and check(), on both databases.
#include <barrier>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <thread>

#include "core/database/engine/connection.h"
#include "core/database/schema/private/migration_files.h"
#include "support/test_database.h"

namespace portal {
namespace {

class MigrateTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    settings = sqlite_settings(folder.file("portal.db"));
    if (GetParam() == "PostgreSQL") {
      const auto postgresql = new_postgresql();
      if (!postgresql) GTEST_SKIP() << "PostgreSQL is not installed";
      settings = *postgresql;
    }
    database = std::make_unique<Database>(settings, Durability::kFull, 2);
    folder.write("sql/0001_one.sql", "-- a comment; with words\nCREATE TABLE one (a TEXT);\n");
  }
  Result<int> migrate() { return database->migrate(folder.file("sql")); }

  Folder folder;
  Settings settings;
  std::unique_ptr<Database> database;
};

TEST_P(MigrateTest, AppliesWhatIsNewOnce) {
  EXPECT_FALSE(database->check());
  EXPECT_EQ(value(migrate()), 1);
  EXPECT_EQ(value(migrate()), 0);
  folder.write("sql/0002_two.sql", "CREATE TABLE two (a TEXT);\n\n\nINSERT INTO one VALUES ('x');");
  folder.write("sql/0003_three.sql", "\n\nALTER TABLE two ADD COLUMN b BIGINT");
  EXPECT_EQ(value(migrate()), 2);
  EXPECT_EQ(value(migrate()), 0);
}

TEST_P(MigrateTest, TheProjectsOwnFilesMakeCheckHappy) {
  const auto before = database->check();
  ASSERT_FALSE(before);
  EXPECT_EQ(before.error().kind, Error::Kind::kUnavailable);
  EXPECT_NE(before.error().message.find("run `portalctl migrate`"), std::string::npos)
      << before.error().message;
  EXPECT_GT(value(database->migrate(kMigrations)), 0);
  const auto after = database->check();
  EXPECT_TRUE(after) << after.error().message;
}

TEST_P(MigrateTest, NothingOfABrokenFileIsApplied) {
  folder.write("sql/0002_two.sql", "CREATE TABLE two (a TEXT);\n\nCREATE TABL three (a TEXT);");
  const auto broken = migrate();
  ASSERT_FALSE(broken);
  EXPECT_NE(broken.error().message.find("0002_two.sql"), std::string::npos);
  folder.write("sql/0002_two.sql", "CREATE TABLE two (a TEXT);");
  EXPECT_EQ(value(migrate()), 1);  // 0001 had stayed
}

TEST_P(MigrateTest, ANewerDatabaseIsRefused) {
  for (int version = 2; version < 100; ++version) {
    const std::string number = version < 10 ? "000" : "00";
    folder.write("sql/" + number + std::to_string(version) + "_next.sql",
                 "CREATE TABLE t" + std::to_string(version) + " (a TEXT)");
  }
  ASSERT_EQ(value(migrate()), 99);
  const auto older = database->migrate(kMigrations);
  ASSERT_FALSE(older);
  EXPECT_EQ(older.error().kind, Error::Kind::kRefused);
  EXPECT_NE(older.error().message.find("newer than this program"), std::string::npos);
  const auto check = database->check();
  ASSERT_FALSE(check);
  EXPECT_NE(check.error().message.find("newer than this program"), std::string::npos);
}

const std::string kNewer =
    "INSERT INTO schema_migration (version, name, applied_at) VALUES (99, '0099_next.sql', 0)";

void expect_refused(const Result<Done>& done, std::string_view words) {
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().message.find(words), std::string::npos) << done.error().message;
}

TEST_P(MigrateTest, AProgramThatRunsNoticesThatTheSchemaBecameNewer) {
  value(database->migrate(kMigrations));
  const auto read = [&](Database& of) { return of.read([](Connection&) { return Done{}; }); };
  const auto write = [&](Database& of) { return of.write([](Connection&) { return Done{}; }); };
  auto running = open_database(settings);
  ASSERT_TRUE(read(running));
  ASSERT_TRUE(running.suits());
  value(database->write([](Connection& c) {
    c.execute_once(kNewer);
    return Done{};
  }));
  while (read(running)) std::this_thread::yield();  // at most Database::kSchemaLook
  auto started_now = open_database(settings);
  for (Database* each : {&running, &started_now}) {
    for (const auto& done : {read(*each), write(*each), each->check()}) {
      expect_refused(done, "is at version 99, newer than this program");
    }
    EXPECT_EQ(each->suits().error().kind, Error::Kind::kWrongUsage);
  }
}

TEST_P(MigrateTest, AProgramWorksWithAnOlderSchemaAsFarAsItSays) {
  value(database->migrate(kMigrations));
  const std::int64_t newest = newest_schema().newest;
  value(database->write([&](Connection& c) {
    c.execute("DELETE FROM schema_migration WHERE version = $1", {newest});
    return Done{};
  }));
  auto exact = open_database(settings);
  expect_refused(exact.check(),
                 "this program needs " + std::to_string(newest) + ": run `portalctl migrate`");
  EXPECT_TRUE(exact.suits());  // it waits for the migration
  EXPECT_EQ(value(exact.pending(kMigrations)), 1);
  Database wider(settings, Durability::kFull, 1, Database::kPatience, {newest - 1, newest});
  EXPECT_TRUE(wider.check());
  EXPECT_EQ(value(wider.write([](Connection& c) { return c.schema(); })), newest - 1);
}

TEST_P(MigrateTest, TwoAtOnceApplyEachFileOnce) {
  folder.write("sql/0002_two.sql", "CREATE TABLE two (a TEXT)");
  folder.write("sql/0003_three.sql", "INSERT INTO two VALUES ('x')");
  int first = 0;
  int second = 0;
  std::barrier start(2);
  const auto migrate_at_once = [&](int& applied) {
    auto mine = Database(settings, Durability::kFull, 1);
    start.arrive_and_wait();
    applied = value(mine.migrate(folder.file("sql")));
  };
  {
    const std::jthread other([&] { migrate_at_once(second); });
    migrate_at_once(first);
  }
  EXPECT_EQ(first + second, 3);
}

INSTANTIATE_TEST_SUITE_P(, MigrateTest, testing::Values("SQLite", "PostgreSQL"),
                         [](const auto& test) { return test.param; });

TEST(SchemaRange, FollowsFromTheHeadsOfTheMigrations) {
  std::set<std::string> programs = {"everybody", "nobody", "mailer"};
  std::ifstream steps(PORTAL_SOURCE_DIR "/modules/steps.list");
  for (std::string line; std::getline(steps, line);)
    programs.insert(line.substr(0, line.find(' ')));
  std::map<std::string, std::int64_t> newest_that_needs;
  for (const auto& file : value(read_migrations(kMigrations))) {
    std::ifstream stream(kMigrations + "/" + file.name);
    std::string words = "everybody";
    const std::string head = "-- needed by: ";
    for (std::string line; std::getline(stream, line);) {
      if (line.starts_with(head)) words = line.substr(head.size());
    }
    std::istringstream names(words);
    for (std::string name; names >> name;) {
      EXPECT_TRUE(programs.contains(name)) << file.name << ": " << name;
      for (const auto& program : programs) {
        if (name == program || name == "everybody") newest_that_needs[program] = file.version;
      }
    }
  }
  for (const std::string& program : programs) {
    if (program == "everybody" || program == "nobody") continue;
    EXPECT_EQ(schema_range(program).oldest, newest_that_needs[program]) << program;
    EXPECT_EQ(schema_range(program).newest, newest_schema().newest) << program;
  }
}

TEST(MigrationFiles, AreRefusedWithTheirName) {
  const struct {
    const char* label;
    std::vector<std::pair<const char*, const char*>> files;
    const char* words;
  } cases[] = {
      {"no file", {}, "no NNNN_name.sql"},
      {"a gap", {{"0001_a.sql", "SELECT 1"}, {"0003_c.sql", "SELECT 1"}}, "expected number 2"},
      {"a number twice",
       {{"0001_a.sql", "SELECT 1"}, {"0001_b.sql", "SELECT 1"}},
       "expected number 2"},
      {"not from 1", {{"0002_b.sql", "SELECT 1"}}, "expected number 1"},
      {"a wrong name", {{"1_first.sql", "SELECT 1"}}, "1_first.sql: the name is not"},
      {"none for us", {{"roles.sql", "SELECT 1"}}, "no NNNN_name.sql"},
      {"only comments", {{"0001_a.sql", "-- nothing\n"}}, "0001_a.sql: cannot be read, or has no"},
  };
  for (const auto& test : cases) {
    const Folder folder;
    for (const auto& [name, content] : test.files) folder.write(name, content);
    const auto files = read_migrations(folder.path());
    ASSERT_FALSE(files) << test.label;
    EXPECT_NE(files.error().message.find(test.words), std::string::npos)
        << test.label << ": " << files.error().message;
  }
  EXPECT_FALSE(read_migrations("/nonexistent"));
}

TEST(MigrationFiles, AreSplitAtBlankLines) {
  EXPECT_EQ(split_statements("-- c\nA\n  B;\n\n \n-- d\n\nC"),
            (std::vector<std::string>{"A\n  B;\n", "C\n"}));
  EXPECT_TRUE(split_statements("\n-- only\n").empty());
}

}  // namespace
}  // namespace portal
