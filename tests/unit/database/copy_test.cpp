// A site on SQLite is copied to PostgreSQL: with all that can be in it, while it goes on, stopped
// in the middle, and not into somebody else's database.
#include "core/database/copying/copy.h"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

#include "core/database/engine/connection.h"
#include "support/test_database.h"

namespace portal {
namespace {

using Tables = std::map<std::string, std::vector<Row>>;

// Every row of every table, as the database's own catalogue names them, in no order of the copy's.
Tables contents(Database& sqlite, Database& database) {
  const auto shapes = value(sqlite.read([](Connection& c) {
    return c.select(
        "SELECT m.name, group_concat(p.name), COUNT(*) FROM sqlite_master m "
        "JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name <> 'schema_migration' "
        "GROUP BY m.name",
        3);
  }));
  Tables tables;
  for (const Row& shape : shapes) {
    auto& rows = tables[shape[0]];
    rows = value(database.read([&](Connection& c) {
      return c.select("SELECT " + shape[1] + " FROM " + shape[0], std::stoul(shape[2]));
    }));
    std::ranges::sort(rows);
  }
  return tables;
}

class CopyTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto postgresql = new_postgresql();
    if (!postgresql) GTEST_SKIP() << "PostgreSQL is not installed";
    target_settings = *postgresql;
    source = make(source_settings);
    target = make(target_settings);
  }

  static std::unique_ptr<Database> make(const Settings& settings) {
    auto database = std::make_unique<Database>(settings, Durability::kRelaxed, 3);
    value(database->migrate(kMigrations));
    return database;
  }

  static void execute(Database& database, const std::string& sql) {
    value(database.write([&](Connection& c) { return c.execute(sql); }));
  }

  static void add_account(Database& database, const std::string& id, const std::string& email,
                          const std::string& number) {
    value(database.write(
        [&](Connection& c) { return Accounts(c).add(an_account(id, email, number)); }));
  }

  // One row at least of every table.
  static void fill(Database& database) {
    add_account(database, "A", "a@x.jp", "契0000001-0-0");
    add_account(database, "B", "b@x.jp", "契0000002-0-0");
    value(database.write([](Connection& c) {
      const auto registration = a_registration("R");
      Registrations(c).add(registration);
      ActivationLinks(c).add({"link", "R", 5});
      Outbox(c).add(a_mail("mail", "R"));
      MailAttempts(c).add("attempt", {"mail", 7, "delivered", "250 了解 'ok'\n"});
      WebSessions(c).add({"session", "A", 1, 2, "::1", "Browser \"x\"\\"});
      KnownDevices(c).add("A", "device", 2, 9);
      MailerHeartbeats(c).beat("host");
      for (const char* id : {"a", "B", "_", "é", "Z", "契", "10", "9", "A-b", "Ab"}) {
        Drafts(c).add({id, "sealed", 9});
      }
      const AuditRow sealed = {"audit", 5, "login", "A", "::1/64", "request", ""};
      Audit(c).add(sealed);
      Audit(c).add_seal({1, 6, 1, "hash"}, {sealed});
      Roster(c).put(a_clinic("契0123456-7-8", "院"));
      return Done{};
    }));
    for (const char* sql : {
             "INSERT INTO account_link VALUES ('reset', 'A', 'reset', 'a@x.jp', 1, 0)",
             "INSERT INTO throttle VALUES ('key', 1, 2, 3)",
             "INSERT INTO mail_address VALUES ('a@x.jp', 1, 0)",
             "INSERT INTO mail_pause VALUES ('outbox', 1, 2, '554 no')",
             "INSERT INTO mail_refused VALUES ('mail', 1)",
             "INSERT INTO known_device VALUES ('A', 'hash', 1)",
             "INSERT INTO stop_link VALUES ('stop', 'mail', 'a@x.jp', 'R', 1, 'n', 'activation')",
             "INSERT INTO storage_hour VALUES ('draft', 3600, 2, 1)",
             "INSERT INTO audit_archive VALUES (0, 0, 'hash', 0, 1, 'audit.jsonl', 'sha256')",
             "INSERT INTO event VALUES ('event', 1, 'form', '', 'n', '', '', '', '')",
             "INSERT INTO waiting VALUES ('w', '契3', 'c@x.jp', 'c@x.jp', '', 1, 0)",
             "INSERT INTO roster_quarantine VALUES "
             "(1, 1, 'f.csv', 2, 'number', '', 'x', '', '', '', '')",
         }) {
      execute(database, sql);
    }
    for (const auto& [name, rows] : contents(database, database)) {
      EXPECT_FALSE(rows.empty()) << name << ": is a new table copied as well?";
    }
  }

  Result<std::vector<CopiedTable>> follow(const Copy::Progress& progress = [](auto, auto) {}) {
    return Copy(*source, *target, "the site").follow(progress);
  }
  Result<std::vector<CopiedTable>> finish(const Copy::Progress& progress = [](auto, auto) {}) {
    return Copy(*source, *target, "the site").finish(progress, [&](Connection&) { ++finished; });
  }

  void expect_equal() { EXPECT_EQ(contents(*source, *source), contents(*source, *target)); }

  // Nothing was written: neither rows nor the mark.
  void expect_refused(const Result<std::vector<CopiedTable>>& result, const std::string& words,
                      const Tables& before) {
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Error::Kind::kRefused);
    EXPECT_NE(result.error().message.find(words), std::string::npos) << result.error().message;
    EXPECT_EQ(contents(*source, *target), before);
  }

  Folder folder;
  Settings source_settings = sqlite_settings(folder.file("portal.db"));
  Settings target_settings;
  std::unique_ptr<Database> source;
  std::unique_ptr<Database> target;
  int finished = 0;
};

TEST_F(CopyTest, AllRowsOfAllTablesArriveAndTheTargetIsReadyOnlyWhenFinished) {
  fill(*source);
  std::int64_t rows = 0;
  for (const auto& table : value(follow())) rows += table.rows;
  std::int64_t wanted = 0;
  for (const auto& table : contents(*source, *source)) {
    wanted += static_cast<std::int64_t>(table.second.size());
  }
  EXPECT_EQ(rows, wanted);
  expect_equal();
  const auto unfinished = target->check();
  ASSERT_FALSE(unfinished);
  EXPECT_NE(unfinished.error().message.find("--finish"), std::string::npos);

  for (const auto& table : value(finish())) {
    EXPECT_EQ(table.added + table.changed + table.removed, 0) << table.name;
    EXPECT_EQ(table.sha256.size(), 64U) << table.name;
  }
  EXPECT_EQ(finished, 1);
  EXPECT_TRUE(target->check());
  expect_equal();
}

TEST_F(CopyTest, KeysAreInTheSameOrderWhateverTheCollation) {
  execute(*target, "ALTER TABLE draft ALTER COLUMN id TYPE TEXT COLLATE \"und-x-icu\"");
  fill(*source);
  value(follow());
  execute(*source, "DELETE FROM draft WHERE id IN ('B', 'é')");
  execute(*source, "UPDATE draft SET sealed = 'other' WHERE id IN ('_', 'Z')");
  value(finish());
  expect_equal();
}

TEST_F(CopyTest, ASecondPassFollowsWhatHasChanged) {
  fill(*source);
  value(follow());
  // Each in the way of another row, or of a row that leads to it.
  execute(*source, "UPDATE account SET email_key = 'c@x.jp' WHERE id = 'A'");
  execute(*source, "UPDATE account SET email_key = 'a@x.jp' WHERE id = 'B'");
  execute(*source, "UPDATE account SET email_key = 'b@x.jp' WHERE id = 'A'");
  execute(*source, "DELETE FROM registration");
  execute(*source, "UPDATE outbox SET state = 'sent'");
  execute(*source,
          "INSERT INTO roster_edition SELECT 2, 1, 'current', '', 0, 0, 0, '', '', '' "
          "FROM roster_current");
  execute(*source, "UPDATE roster_edition SET state = 'past' WHERE number = 1");
  execute(*source, "UPDATE roster_current SET edition = 2");
  execute(*source, "UPDATE roster_version SET to_edition = 2");
  execute(*source, "INSERT INTO throttle VALUES ('other', 1, 2, 3)");
  const auto tables = value(follow());
  expect_equal();
  const auto done_to = [&](std::string_view name) {
    const auto& table = *std::ranges::find(tables, name, &CopiedTable::name);
    return std::tuple(table.rows, table.added, table.changed, table.removed);
  };
  EXPECT_EQ(done_to("throttle"), std::tuple(2, 1, 0, 0));
  EXPECT_EQ(done_to("outbox"), std::tuple(1, 0, 1, 0));
  EXPECT_EQ(done_to("registration"), std::tuple(0, 0, 0, 1));
  EXPECT_EQ(done_to("account"), std::tuple(2, 2, 0, 2));      // the addresses are unique
  EXPECT_EQ(done_to("web_session"), std::tuple(1, 1, 0, 0));  // it went with its account
}

TEST_F(CopyTest, AStagingThatWasGivenUpLeavesNothing) {
  fill(*source);
  execute(*source,
          "INSERT INTO roster_edition SELECT 2, 1, 'staging', '', 0, 0, 0, '', '', '' "
          "FROM roster_current");
  execute(*source, "UPDATE roster_quarantine SET edition = 2");
  value(follow());
  execute(*source, "UPDATE roster_quarantine SET edition = 1");
  execute(*source, "DELETE FROM roster_edition WHERE number = 2");
  value(finish());
  expect_equal();
}

TEST_F(CopyTest, OneThatStoppedInTheMiddleGoesOn) {
  fill(*source);
  value(source->write([](Connection& c) {
    for (int i = 0; i < 2500; ++i) Drafts(c).add({"draft" + std::to_string(i), "x", 9});
    return Done{};
  }));
  for (const int stop_after : {1, 600, 3000, 6000}) {
    const auto stop = [&](std::int64_t done, std::int64_t) {
      if (done >= stop_after) throw std::runtime_error("stopped");
    };
    EXPECT_THROW(static_cast<void>(follow(stop)), std::runtime_error) << stop_after;
    EXPECT_FALSE(target->check()) << stop_after;
  }
  value(finish());
  expect_equal();
}

TEST_F(CopyTest, TheSiteGoesOnUntilTheLastPass) {
  fill(*source);
  auto site = open_database(source_settings, 1, std::chrono::milliseconds(1));
  int other = 0;
  const auto write = [&] {
    return site.write([&](Connection& c) {
      Drafts(c).add({"during" + std::to_string(++other), "x", 9});
      MailAttempts(c).add("a" + std::to_string(other), {"mail", 9, "delivered", ""});
      return Done{};
    });
  };
  const auto before = contents(*source, *source);
  value(follow([&](auto, auto) { EXPECT_TRUE(other == 100 || write()); }));
  EXPECT_EQ(contents(*source, *target), before);  // of one moment
  value(finish([&](auto, auto) {
    const auto refused = write();
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("locked"), std::string::npos);
  }));
  expect_equal();
}

TEST_F(CopyTest, TwoAtOnceAreRefused) {
  fill(*source);
  auto same_source = open_database(source_settings, 1);
  auto same_target = open_database(target_settings, 2, std::chrono::milliseconds(1));
  bool tried = false;
  value(follow([&](auto, auto) {
    if (std::exchange(tried, true)) return;
    const auto other = Copy(same_source, same_target, "the site").follow([](auto, auto) {});
    ASSERT_FALSE(other);
    EXPECT_NE(other.error().message.find("locked by another program"), std::string::npos);
  }));
  EXPECT_TRUE(tried);
}

TEST_F(CopyTest, SomebodyElsesDatabaseIsRefusedUntouched) {
  fill(*source);
  const struct {
    const char* label;
    const char* sql;
    const char* words;
  } cases[] = {
      {"an account",
       "INSERT INTO account (id, family_name, given_name, registration_number, phone, "
       "email, email_key, password_hash, created_at) VALUES "
       "('C', 'x', 'x', '契9', '', '', '', '', 0)",
       "table account has rows that the site has not"},
      {"the audit", "INSERT INTO audit VALUES ('other', 1, 'login', '', '', '', '')",
       "table audit has rows"},
      {"another audit with the same id",
       "INSERT INTO audit VALUES ('audit', 1, 'logout', '', '', '', '')", "table audit has rows"},
  };
  for (const auto& test : cases) {
    target_settings = *new_postgresql();
    target = make(target_settings);
    execute(*target, test.sql);
    const auto before = contents(*source, *target);
    expect_refused(follow(), test.words, before);
    expect_refused(finish(), test.words, before);
    EXPECT_TRUE(target->check()) << test.label;
  }
}

TEST_F(CopyTest, AfterItIsFinishedTheNewSiteIsSafe) {
  fill(*source);
  value(finish());
  value(finish());  // again is harmless
  add_account(*target, "C", "c@x.jp", "契9");
  expect_refused(finish(), "table account has rows", contents(*source, *target));
}

// Somebody has switched the settings without the last pass.
TEST_F(CopyTest, AnUnfinishedCopyThatServesASiteIsRefused) {
  fill(*source);
  value(follow());
  execute(*target, "INSERT INTO audit VALUES ('other', 1, 'login', '', '', '', '')");
  expect_refused(finish(), "table audit has rows", contents(*source, *target));
}

TEST_F(CopyTest, AnotherSourceThanTheOneBegunIsRefused) {
  value(follow());
  const auto before = contents(*source, *target);
  const auto other = Copy(*source, *target, "another").follow([](auto, auto) {});
  expect_refused(other, "the beginning of a copy of the site", before);
}

TEST_F(CopyTest, OtherTablesOrColumnsAreRefused) {
  execute(*target, "ALTER TABLE draft ADD COLUMN more TEXT NOT NULL DEFAULT ''");
  expect_refused(follow(), "other tables or columns", contents(*source, *target));
}

}  // namespace
}  // namespace portal
