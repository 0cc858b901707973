// read(), write() and the sessions beneath, on both databases: all or nothing, no session lost.
#include <spawn.h>
#include <sys/wait.h>

#include <atomic>
#include <cstdlib>
#include <thread>

#include "core/database/engine/connection.h"
#include "support/test_database.h"

namespace portal {
namespace {

using namespace std::chrono_literals;

class TransactionTest : public EachDatabase {
 protected:
  std::int64_t clinics() {
    return value(database->read([](Connection& c) { return Roster(c).count(); }));
  }
};

bool put_one(Connection& c) {
  return Roster(c).put(a_clinic("契0123456-7-8", "みなと整骨院"));
}

TEST_P(TransactionTest, WriteIsAllOrNothing) {
  EXPECT_THROW(static_cast<void>(database->write([](Connection& c) -> Done {
                 put_one(c);
                 throw std::logic_error("the step's fault");
               })),
               std::logic_error);
  EXPECT_EQ(clinics(), 0);
  const auto done = database->write([](Connection& c) {
    put_one(c);
    Drafts(c).add({"a", "x", 1});
    Drafts(c).add({"a", "x", 1});
    return Done{};
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, Error::Kind::kRefused) << done.error().message;
  EXPECT_EQ(clinics(), 0);
  EXPECT_TRUE(value(database->write(put_one)));
  EXPECT_EQ(clinics(), 1);
}

TEST_P(TransactionTest, AReturnedErrorRollsBackAndIsTheResult) {
  int done = 0;
  const Result<bool> refusal = database->write([&](Connection& c) -> Result<bool> {
    after_commit(c, [&] { ++done; });
    put_one(c);
    return not_found("the second thought");
  });
  ASSERT_FALSE(refusal);
  EXPECT_EQ(refusal.error().kind, Error::Kind::kNotFound);
  EXPECT_EQ(refusal.error().message, "the second thought");
  EXPECT_EQ(clinics(), 0);
  EXPECT_EQ(database->statistics().refused, 0U) << "the database has refused nothing";
  const Result<bool> kept =
      database->write([](Connection& c) -> Result<bool> { return put_one(c); });
  ASSERT_TRUE(kept);
  EXPECT_EQ(clinics(), 1);
  EXPECT_EQ(done, 0) << "nothing comes after a commit that never was";
}

TEST_P(TransactionTest, AReadGivesTheErrorOfItsFunction) {
  const Result<int> missing =
      database->read([](Connection&) -> Result<int> { return not_found("nobody"); });
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().message, "nobody");
}

TEST_P(TransactionTest, WhatComesAfterTheCommitComesOnceAndOnlyThen) {
  int done = 0;
  EXPECT_THROW(static_cast<void>(database->write([&](Connection& c) -> Done {
                 after_commit(c, [&] { ++done; });
                 throw std::logic_error("the step's fault");
               })),
               std::logic_error);
  EXPECT_EQ(done, 0);
  value(database->write([&](Connection& c) {
    after_commit(c, [&] {
      ++done;
      EXPECT_EQ(clinics(), 1);
    });
    EXPECT_EQ(done, 0);
    return put_one(c);
  }));
  EXPECT_EQ(done, 1);
  value(database->write(put_one));  // the same session: it has forgotten
  EXPECT_EQ(done, 1);
}

TEST_P(TransactionTest, FailuresAreCountedByTheirKind) {
  value(database->write(put_one));
  const auto refused = database->write([&](Connection& c) {
    Drafts(c).add({"a", "x", 1});
    Drafts(c).add({"a", "x", 1});
    return Done{};
  });
  ASSERT_FALSE(refused);
  value(database->read([&](Connection& c) {
    const auto now = database->statistics();
    EXPECT_EQ(now.sessions_in_use, 1);
    EXPECT_GE(now.sessions_limit, 1);
    EXPECT_EQ(now.refused, 1U);
    EXPECT_EQ(now.unavailable, 0U);
    return Roster(c).count();
  }));
  EXPECT_EQ(database->statistics().sessions_in_use, 0);
}

// PostgreSQL answers such a commit as if it had gone well.
TEST_P(TransactionTest, AFailureThatTheFunctionHidesIsNotCommitted) {
  const auto done = database->write([](Connection& c) {
    put_one(c);
    Drafts(c).add({"a", "x", 1});
    try {
      Drafts(c).add({"a", "x", 1});
    } catch (const Poco::Exception&) {  // what no caller should do
    }
    return Done{};
  });
  EXPECT_FALSE(done);
  EXPECT_EQ(clinics(), 0);
}

TEST_P(TransactionTest, TextThatIsNotUtf8OrHasANulIsRefused) {
  for (const std::string& text : {std::string("\x83\x86"), std::string("a\0b", 3)}) {
    const auto done =
        database->read([&](Connection& c) { return Accounts(c).find_by_email(text); });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, Error::Kind::kRefused);
  }
}

TEST_P(TransactionTest, AMessageHasNoValuesInIt) {
  const auto done = database->write([](Connection& c) {
    Drafts(c).add({"hanako@example.jp", "x", 1});
    Drafts(c).add({"hanako@example.jp", "x", 1});
    return Done{};
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().message.find("hanako"), std::string::npos) << done.error().message;
  EXPECT_EQ(done.error().message.find('\n'), std::string::npos) << done.error().message;
}

TEST_P(TransactionTest, MoreUsersThanSessionsIsUnavailable) {
  auto narrow = open_database(settings, 1);
  const auto outer = narrow.read([&](Connection&) {
    const auto inner = narrow.read([](Connection& c) { return Roster(c).count(); });
    EXPECT_FALSE(inner);
    EXPECT_EQ(inner ? Error::Kind::kRefused : inner.error().kind, Error::Kind::kUnavailable);
    return Done{};
  });
  EXPECT_TRUE(outer);
  EXPECT_TRUE(narrow.read([](Connection& c) { return Roster(c).count(); }));
}

// Reads, then writes what depends on it: without the lock first, SQLite refuses most of these.
bool add_one(Database& database) {
  const auto done = database.write([](Connection& c) {
    const auto draft = Drafts(c).find("counter", 0);
    Drafts(c).remove("counter");
    Drafts(c).add({"counter", std::to_string(std::stoi(draft->sealed) + 1), 1});
    return Done{};
  });
  if (!done) ADD_FAILURE() << done.error().message;
  return static_cast<bool>(done);
}

constexpr int kRounds = 40;

void add_in_threads(Database& database) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < kRounds; ++round) add_one(database);
    });
  }
}

// Not a test of its own: the second process of the one below.
TEST(Contention, DISABLED_Writer) {
  const char* file = std::getenv("PORTAL_TEST_DATABASE");
  ASSERT_NE(file, nullptr);
  auto database = open_database(sqlite_settings(file));
  add_in_threads(database);
}

TEST(Contention, TwoProcessesOfFourThreadsLoseNothing) {
  const Folder folder;
  auto database = open_database(sqlite_settings(folder.file("portal.db")));
  ASSERT_TRUE(database.migrate(kMigrations));
  value(database.write([](Connection& c) {
    Drafts(c).add({"counter", "0", 1});
    return Done{};
  }));
  setenv("PORTAL_TEST_DATABASE", folder.file("portal.db").c_str(), 1);
  std::string program = "/proc/self/exe";
  std::string filter = "--gtest_filter=Contention.DISABLED_Writer";
  std::string disabled = "--gtest_also_run_disabled_tests";
  char* arguments[] = {program.data(), filter.data(), disabled.data(), nullptr};
  pid_t child = 0;
  ASSERT_EQ(posix_spawn(&child, program.c_str(), nullptr, nullptr, arguments, environ), 0);
  add_in_threads(database);
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  const auto counter =
      value(database.read([](Connection& c) { return Drafts(c).find("counter", 0); }));
  EXPECT_EQ(counter->sealed, std::to_string(2 * 4 * kRounds));
}

TEST_P(TransactionTest, ALockHeldTooLongIsUnavailable) {
  auto impatient = open_database(settings, 1, 50ms);
  value(database->write([&](Connection& c) {
    Drafts(c).add({"a", "x", 1});
    const auto done = impatient.write([](Connection& other) {
      Drafts(other).add({"a", "y", 1});
      return Done{};
    });
    EXPECT_FALSE(done);
    if (!done) {
      EXPECT_EQ(done.error().kind, Error::Kind::kUnavailable);
      EXPECT_NE(done.error().message.find("database is locked"), std::string::npos)
          << done.error().message;
    }
    return Done{};
  }));
  // And the session is as good as before.
  EXPECT_TRUE(value(impatient.write(put_one)));
}

INSTANTIATE_TEST_SUITE_P(, TransactionTest, testing::Values("SQLite", "PostgreSQL"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace portal
