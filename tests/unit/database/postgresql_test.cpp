// What only a database server does: it goes away, comes back, and breaks deadlocks.
#include <atomic>
#include <barrier>
#include <optional>
#include <thread>
#include <utility>

#include "core/database/engine/connection.h"
#include "support/test_database.h"

namespace portal {
namespace {

class PostgreSQLTest : public testing::Test {
 protected:
  void SetUp() override {
    settings = new_postgresql();
    if (!settings) GTEST_SKIP() << "PostgreSQL is not installed";
    database.emplace(*settings, Durability::kRelaxed, 4);
    ASSERT_TRUE(database->migrate(kMigrations));
  }

  // Every session but the one that says so, as at a restart.
  void end_all_sessions() {
    auto other = open_database(*settings, 1);
    value(other.read([](Connection& c) {
      return c
          .select(
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
              "WHERE datname = current_database() AND pid <> pg_backend_pid()",
              1)
          .size();
    }));
  }

  // As many sessions as there may be, all of them idle, with a statement kept in each.
  void fill_pool() {
    std::barrier all_there(4);
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        value(database->read([&](Connection& c) {
          Drafts(c).find("a", 0);
          all_there.arrive_and_wait();
          return Drafts(c).find("a", 0);
        }));
      });
    }
  }

  bool add_draft(const std::string& id) {
    const auto done = database->write([&](Connection& c) {
      Drafts(c).add({id, "0", 9});
      return Done{};
    });
    EXPECT_TRUE(done) << done.error().message;
    return static_cast<bool>(done);
  }

  std::optional<Settings> settings;
  std::optional<Database> database;
};

TEST_F(PostgreSQLTest, SessionsThatDiedAreReplacedUnnoticed) {
  fill_pool();
  end_all_sessions();
  const auto read = database->read([](Connection& c) { return Drafts(c).find("a", 0); });
  EXPECT_TRUE(read) << read.error().message;
  fill_pool();
  end_all_sessions();
  EXPECT_TRUE(add_draft("a"));
  EXPECT_TRUE(value(database->read([](Connection& c) { return Drafts(c).find("a", 0); })));
}

TEST_F(PostgreSQLTest, ASessionThatDiesWithinATransactionIsTriedAgainWhole) {
  int runs = 0;
  const auto done = database->write([&](Connection& c) {
    Drafts(c).add({"first", "0", 9});
    if (++runs == 1) end_all_sessions();
    Drafts(c).add({"second", "0", 9});
    return Done{};
  });
  EXPECT_TRUE(done) << done.error().message;
  EXPECT_EQ(runs, 2);
  EXPECT_TRUE(value(database->read([](Connection& c) { return Drafts(c).find("first", 0); })));
}

TEST_F(PostgreSQLTest, ADeadlockIsTriedAgain) {
  ASSERT_TRUE(add_draft("a") && add_draft("b"));
  const std::string update = "UPDATE draft SET sealed = sealed || '1' WHERE id = $1";
  std::barrier both_hold_one(2);
  std::atomic<int> runs = 0;
  const auto update_both = [&](const char* first, const char* second) {
    bool waited = false;
    const auto done = database->write([&](Connection& c) {
      ++runs;
      c.execute(update, {first});
      if (!std::exchange(waited, true)) both_hold_one.arrive_and_wait();
      c.execute(update, {second});
      return Done{};
    });
    EXPECT_TRUE(done) << done.error().message;
  };
  {
    const std::jthread other([&] { update_both("a", "b"); });
    update_both("b", "a");
  }
  EXPECT_GE(runs, 3);  // one of them again; more if they meet once more
  for (const char* id : {"a", "b"}) {
    const auto draft = value(database->read([&](Connection& c) { return Drafts(c).find(id, 0); }));
    EXPECT_EQ(draft->sealed, "011") << id;
  }
}

TEST_F(PostgreSQLTest, WhatNeverGoesThroughIsTriedFourTimesInAll) {
  value(database->write([](Connection& c) {
    c.execute_once(
        "CREATE FUNCTION lose_race() RETURNS BIGINT LANGUAGE plpgsql AS "
        "'BEGIN RAISE ''could not serialize access'' USING ERRCODE = ''40001''; END'");
    return Done{};
  }));
  int runs = 0;
  const auto done = database->write([&](Connection& c) {
    ++runs;
    return c.number("SELECT lose_race()");
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, Error::Kind::kUnavailable);
  EXPECT_EQ(runs, 4);
}

TEST_F(PostgreSQLTest, AStatementIsPreparedOnceASession) {
  auto one = open_database(*settings, 1);
  for (int i = 0; i < 5; ++i) {
    value(one.read([&](Connection& c) { return Drafts(c).find("a", 0); }));
  }
  const auto prepared = value(one.read([](Connection& c) {
    return c.select(
        "SELECT count(*), sum(generic_plans + custom_plans) FROM pg_prepared_statements "
        "WHERE statement LIKE '%FROM draft%' AND statement NOT LIKE '%pg_prepared%'",
        2);
  }));
  EXPECT_EQ(prepared.front(), (Row{"1", "5"}));
}

Account account_of(const std::string& id) {
  return an_account(id, id, id);
}

TEST_F(PostgreSQLTest, OfTwoThatTakeOneAddressAtOnceTheSecondIsToldSo) {
  value(database->write([](Connection& c) {
    return Accounts(c).add(account_of("a")) && Accounts(c).add(account_of("b"));
  }));
  const auto one_waits = [&] {
    return value(database->read([](Connection& c) {
             return c.number("SELECT count(*) FROM pg_locks WHERE NOT granted");
           })) > 0;
  };
  const auto take = [](Connection& c, const char* id) {
    return Accounts(c).set_email(id, "New@x.jp", "new@x.jp");
  };
  std::jthread second;
  std::optional<Result<bool>> told;
  EXPECT_TRUE(value(database->write([&](Connection& c) {
    const bool taken = take(c, "a");
    second = std::jthread(
        [&] { told = database->write([&](Connection& other) { return take(other, "b"); }); });
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!one_waits() && std::chrono::steady_clock::now() < deadline) {
    }
    return taken;
  })));
  second.join();
  ASSERT_TRUE(*told) << told->error().message;
  EXPECT_FALSE(told->operator*());
  EXPECT_EQ(value(database->read([](Connection& c) { return Accounts(c).find("b")->email; })), "b");
}

// Poco's connector frees a result twice when such a statement is destroyed (connection.cpp).
TEST_F(PostgreSQLTest, AStatementThatWorkedMayFailAgainAndAgain) {
  ASSERT_TRUE(add_draft("a"));
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(add_draft("b" + std::to_string(i)));
    const auto again = database->write([](Connection& c) {
      Drafts(c).add({"a", "0", 9});
      return Done{};
    });
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, Error::Kind::kRefused);
  }
}

TEST(PostgreSQL, OneThatIsNotThereIsUnavailable) {
  if (!new_postgresql()) GTEST_SKIP() << "PostgreSQL is not installed";
  Settings settings;
  value(settings.set("database.connector", "PostgreSQL"));
  value(settings.set("database.connection", "host=/nonexistent user=portal dbname=portal"));
  auto database = open_database(settings, 1);
  const auto done = database.check();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, Error::Kind::kUnavailable);
  EXPECT_EQ(done.error().message.find('\n'), std::string::npos) << done.error().message;
}

}  // namespace
}  // namespace portal
