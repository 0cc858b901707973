// What is known of the mailers of all machines. On both databases.
#include "core/database/engine/connection.h"
#include "support/test_database.h"

namespace portal {
namespace {

class MailerHeartbeatsTest : public EachDatabase {
 protected:
  template <class F>
  auto on(const F& function) {
    return value(database->write([&](Connection& c) {
      MailerHeartbeats heartbeats(c);
      return function(c, heartbeats);
    }));
  }
  void beat(const std::string& host) {
    on([&](Connection&, MailerHeartbeats& heartbeats) {
      heartbeats.beat(host);
      return Done{};
    });
  }
  void age(const std::string& host, EpochSeconds seconds) {
    on([&](Connection& c, MailerHeartbeats&) {
      c.execute("UPDATE mailer_heartbeat SET at = at - $1 WHERE host = $2", {seconds, host});
      return Done{};
    });
  }
  std::vector<MailerHeartbeat> list() {
    return on([](Connection&, MailerHeartbeats& heartbeats) { return heartbeats.list(); });
  }
};

TEST_P(MailerHeartbeatsTest, TheOneHeardOfLastComesFirst) {
  EXPECT_TRUE(list().empty());
  beat("a.example");
  beat("b.example");
  age("a.example", kHour);
  auto all = list();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].host, "b.example");
  EXPECT_LT(all[0].age, kMailerSilent);
  EXPECT_EQ(all[1].host, "a.example");
  EXPECT_GE(all[1].age, kHour);
  beat("a.example");
  for (const auto& [host, seconds] : list()) EXPECT_LT(seconds, kMailerSilent) << host;
}

TEST_P(MailerHeartbeatsTest, AMachineThatHasNoneAnyMoreIsForgottenByTheOthers) {
  beat("a.example");
  beat("b.example");
  age("a.example", kMailerForgotten + kDay);
  age("b.example", kMailerForgotten - kDay);
  ASSERT_EQ(list().size(), 2U) << "as long as no mailer runs anywhere";
  beat("c.example");
  const auto all = list();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].host, "c.example");
  EXPECT_EQ(all[1].host, "b.example");
}

// A clock that was set back, or a machine whose clock is ahead.
TEST_P(MailerHeartbeatsTest, AnAgeIsNeverNegative) {
  beat("a.example");
  age("a.example", -kDay);
  EXPECT_EQ(list().at(0).age, 0);
}

INSTANTIATE_TEST_SUITE_P(, MailerHeartbeatsTest, testing::Values("SQLite", "PostgreSQL"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace portal
