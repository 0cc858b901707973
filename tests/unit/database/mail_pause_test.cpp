// The pause of the whole queue, which all mailers share. On both databases.
#include <atomic>
#include <latch>
#include <thread>

#include "core/database/mail/mail_pause.h"
#include "support/test_database.h"

namespace portal {
namespace {

class MailPausesTest : public EachDatabase {
 protected:
  template <class F>
  auto on(const F& function) {
    return value(database->write([&](Connection& c) {
      MailPauses pauses(c);
      return function(pauses);
    }));
  }
};

// Who gets true tells the administrator: a relay that refuses us is one event, however many mailers
// meet it at the same time.
TEST_P(MailPausesTest, OfSeveralMailersOneBeginsIt) {
  constexpr int kMailers = 4;
  for (int round = 0; round < 10; ++round) {
    std::atomic<int> beginners = 0;
    {
      std::latch all(kMailers);
      std::vector<std::jthread> mailers;
      for (int mailer = 0; mailer < kMailers; ++mailer) {
        mailers.emplace_back([&] {
          all.arrive_and_wait();
          if (on([](MailPauses& pauses) { return pauses.pause(1000, 1060, "554 no"); }))
            ++beginners;
        });
      }
    }
    EXPECT_EQ(beginners, 1);
    EXPECT_TRUE(on([](MailPauses& pauses) { return pauses.end(); }));
  }
}

TEST_P(MailPausesTest, OneThatGoesOnKeepsItsBeginning) {
  EXPECT_TRUE(on([](MailPauses& pauses) { return pauses.pause(1000, 1060, "554 no"); }));
  EXPECT_FALSE(on([](MailPauses& pauses) { return pauses.pause(2000, 2060, "554 still no"); }));
  const auto pause = on([](MailPauses& pauses) { return pauses.find(); });
  ASSERT_TRUE(pause);
  EXPECT_EQ(pause->since, 1000);
  EXPECT_EQ(pause->until, 2060);
  EXPECT_EQ(pause->reason, "554 still no");
}

INSTANTIATE_TEST_SUITE_P(, MailPausesTest, testing::Values("SQLite", "PostgreSQL"),
                         [](const auto& database) { return database.param; });

}  // namespace
}  // namespace portal
