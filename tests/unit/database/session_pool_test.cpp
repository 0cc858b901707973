// Each thread of a program finds a session, whatever else is asked meanwhile.
#include "core/database/engine/session_pool.h"

#include "support/test_database.h"

namespace portal {
namespace {

class SessionPoolTest : public testing::Test {
 protected:
  SessionPoolTest() {
    EXPECT_TRUE(database_.migrate(kMigrations));
    engine_ = make_sqlite(folder_.file("portal.db"), Durability::kFull, std::chrono::seconds(1));
  }
  Folder folder_;
  Database database_ = open_database(sqlite_settings(folder_.file("portal.db")));
  std::unique_ptr<Engine> engine_;
};

TEST_F(SessionPoolTest, HasOneForEachThread) {
  SessionPool pool(*engine_, 2);
  const auto one = pool.take();
  const auto two = pool.take();
  EXPECT_EQ(pool.in_use(), 2);
  EXPECT_THROW(pool.take(), Failure);
}

TEST_F(SessionPoolTest, AQuestionAsideTakesNoThreadsSession) {
  SessionPool pool(*engine_, 1);
  {
    const auto aside = pool.take_aside();
    EXPECT_EQ(pool.in_use(), 0);
    const auto mine = pool.take();
    EXPECT_EQ(pool.in_use(), 1);
    const auto another = pool.take_aside();
    EXPECT_THROW(pool.take(), Failure);
  }
  EXPECT_EQ(pool.in_use(), 0);
  const auto again = pool.take();
  EXPECT_EQ(pool.in_use(), 1);
}

TEST_F(SessionPoolTest, WhenOneIsLostAllThatAreOlderAreClosed) {
  SessionPool pool(*engine_, 3);
  {
    const auto one = pool.take();
    const auto two = pool.take();
    const auto three = pool.take();
  }
  const auto lost_at = std::chrono::steady_clock::now();
  {
    auto working = pool.take();
    pool.take().give_up();
    EXPECT_TRUE(working->usable()) << "whoever uses it may end its work";
  }
  auto one = pool.take();
  auto two = pool.take();
  auto three = pool.take();
  for (auto* lease : {&one, &two, &three}) {
    EXPECT_GT((*lease)->opened(), lost_at) << "one was idle, one was in use, one was lost";
  }
}

TEST_F(SessionPoolTest, ASessionThatWasOpenedSinceStays) {
  SessionPool pool(*engine_, 2);
  AnswerWatch::Time opened;
  {
    auto old_one = pool.take();
    opened = pool.take()->opened();
    old_one.give_up();
  }
  EXPECT_EQ(pool.take()->opened(), opened);
}

}  // namespace
}  // namespace portal
