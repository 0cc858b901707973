// How much of a request's time the database takes, and how much the waiting for its lock.
#include <atomic>
#include <thread>

#include "core/base/activity.h"
#include "support/test_database.h"

namespace portal {
namespace {

using Kind = Activity::Kind;

class TimesTest : public EachDatabase {
 protected:
  Result<Done> add_draft(Database& to, const std::string& id) {
    return to.write([&](Connection& c) {
      Drafts(c).add({id, "x", 1});
      return Done{};
    });
  }
};

TEST_P(TimesTest, StatementsAreOfTheDatabase) {
  const ForRequest request("r");
  EXPECT_TRUE(add_draft(*database, "a"));
  EXPECT_GT(Activity::here().spent(Kind::kDatabase).count(), 0);
  EXPECT_EQ(Activity::here().spent(Kind::kLock).count(), 0);
}

// SQLite has one writer at a time, and PostgreSQL waits within the statement.
TEST_P(TimesTest, WaitingForAWriterIsOfTheLockOnSQLite) {
  if (GetParam() != "SQLite") GTEST_SKIP() << "its server waits";
  std::atomic<bool> holds = false;
  const Activity& waiting = Activity::here();
  std::thread holder([&] {
    Database other = open_database(settings);
    EXPECT_TRUE(other.write([&](Connection& c) {
      Drafts(c).add({"other", "x", 1});
      holds = true;
      while (waiting.look().kind != Kind::kLock) std::this_thread::yield();
      return Done{};
    }));
  });
  while (!holds) std::this_thread::yield();
  const ForRequest request("r");
  EXPECT_TRUE(add_draft(*database, "a"));
  holder.join();
  EXPECT_GT(waiting.spent(Kind::kLock).count(), 0);
  EXPECT_GT(waiting.spent(Kind::kDatabase).count(), 0);
}

INSTANTIATE_TEST_SUITE_P(, TimesTest, testing::Values("SQLite", "PostgreSQL"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace portal
