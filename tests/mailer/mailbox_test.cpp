// What one mailbox gets of the mail that anyone can cause: how much from one network, from all, and
// after its owner has pressed 「心当たりがない」.
#include "strangers_portal.h"

namespace portal::testing_portal {
namespace {

TEST_F(StrangersTest, OneNetworkCausesThreeMailsToAMailboxAnHour) {
  for (int i = 0; i < 30; ++i) {
    register_at(kStranger, "bomb+" + std::to_string(i) + "@test.example");
  }
  EXPECT_EQ(deliver("bomb@test.example"), 3);
  make_account(member(1), number(1));
  Browser browser = from(kStranger);
  post(browser, credentials(member(1)));
  for (int i = 0; i < 10; ++i)
    change_email(browser, "bomb+x" + std::to_string(i) + "@test.example");
  EXPECT_EQ(deliver("bomb@test.example"), 0) << "of whatever kind";
}

TEST_F(StrangersTest, ResetsFromEverywhereAreOneInTenMinutes) {
  account();
  int mails = 0;
  for (int minute = 0; minute < 60; ++minute) {
    for (int i = 0; i < 5; ++i) {
      Browser browser = from(network(minute * 5 + i));
      EXPECT_EQ(forgot(browser), 303);
    }
    mails += deliver();
    now_ += kMinute;
  }
  EXPECT_LE(mails, 10 + 6);
  EXPECT_GE(mails, 10);
}

TEST_F(StrangersTest, InAFloodEachNetworkCausesOneMailAnHour) {
  for (int i = 0; i < 4; ++i) {
    for (int again = 0; again < 3; ++again) register_at(network(i));
  }
  EXPECT_EQ(deliver(), 10) << "three from each of three networks, and one from the fourth";
  for (int again = 0; again < 3; ++again) register_at(network(100));
  EXPECT_EQ(deliver(), 1);
}

TEST_F(StrangersTest, AnIpv6NetworkOfManySubscribersIsCountedAsAWhole) {
  int mails = 0;
  for (int i = 0; i < 40; ++i) {
    char group[8];
    std::snprintf(group, sizeof group, "%x", i * 256);
    register_at("2001:db8:1:" + std::string(group) + "::1");
    mails += deliver();
  }
  EXPECT_LE(mails, 12);
}

TEST_F(StrangersTest, AStopEndsEveryKindThatAStrangerCauses) {
  register_at(kStranger);
  ASSERT_EQ(deliver(), 1);
  press_stop();
  for (int i = 0; i < 5; ++i) register_at(network(i));
  EXPECT_EQ(deliver(), 0) << "activation";
  make_account(member(1), number(1));
  Browser stranger = from(kStranger);
  post(stranger, credentials(member(1)));
  for (int i = 0; i < 10; ++i) change_email(stranger, kOwner);
  EXPECT_EQ(deliver(), 0) << "email_change";
  account();
  register_at(network(20));
  EXPECT_EQ(deliver(), 0) << "registered";
  Browser other = from(network(21));
  forgot(other);
  EXPECT_EQ(deliver(), 0) << "reset";
}

TEST_F(StrangersTest, AKnownBrowserGetsItsResetInSpiteOfStopAndFlood) {
  account();
  log_in(browser_);
  for (int i = 0; i < 15; ++i) register_at(network(i));
  EXPECT_EQ(deliver(), 10) << "then one notice in ten minutes";
  press_stop();
  browser_.move_to(network(3));
  EXPECT_EQ(forgot(browser_), 303);
  EXPECT_EQ(deliver(), 1);
  EXPECT_TRUE(resets(browser_));
}

// The mail with a reset has the link, and the page knows what the mail was.
TEST_F(StrangersTest, EachMailOfAStrangersCanBeStopped) {
  account();
  MailStopStep step(site_);
  Browser browser = from(kStranger);
  forgot(browser);
  ASSERT_EQ(deliver(), 1);
  EXPECT_TRUE(shows(browser.get(step, stop_url()), "パスワードの再設定のお申し込み"));
  make_account(member(1), number(1));
  post(browser, credentials(member(1)));
  change_email(browser, "new@test.example");
  ASSERT_EQ(deliver("new@test.example"), 1);
  EXPECT_TRUE(shows(browser.get(step, stop_url()), "メールアドレスの変更のお申し込み"));
}

}  // namespace
}  // namespace portal::testing_portal
