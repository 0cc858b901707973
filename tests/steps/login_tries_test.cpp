// Who guesses has to wait, longer each time; who owns the account never does.
#include "steps/login_portal.h"

namespace portal::testing_portal {
namespace {

TEST_F(LoginTest, WaitsGrowToAPause) {
  make_account();
  for (int i = 0; i < 4; ++i) EXPECT_EQ(guess(browser_).status, 422) << i;
  for (const EpochSeconds wait : {1, 2, 4, 8, 16, 32, 900}) {
    const Response response = guess(browser_);
    EXPECT_EQ(response.status, 429);
    EXPECT_EQ(header(response, "Retry-After"), std::to_string(wait));
    EXPECT_TRUE(shows(response, wait < 120 ? std::to_string(wait) + "秒" : "15分"));
    EXPECT_EQ(post(browser_, credentials()).status, 429) << "nor the right one, from here";
    now_ += wait;
    if (wait < 900) {
      EXPECT_EQ(guess(browser_).status, 422) << wait;
    }
  }
  EXPECT_EQ(post(browser_, credentials()).status, 303) << "after the pause";
}

TEST_F(LoginTest, UnknownAddressIsSlowedDownAlike) {
  const Form form = credentials("nobody@example.jp", kWrong);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(post(browser_, form).status, 422);
  const Response response = post(browser_, form);
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(header(response, "Retry-After"), "1");
}

TEST_F(LoginTest, OwnerFromElsewhereIsNeverLockedOut) {
  make_account();
  browser_.move_to("198.51.100.1");
  elsewhere_.move_to("203.0.113.9");
  for (int i = 0; i < 200; ++i) {
    guess(browser_);
    now_ += 1;
  }
  EXPECT_EQ(guess(browser_).status, 429);
  EXPECT_EQ(post(elsewhere_, credentials()).status, 303);
}

TEST_F(LoginTest, AddressesOfOneIpv6NetworkAreOne) {
  make_account();
  for (int i = 0; i < 4; ++i) {
    browser_.move_to("2001:db8:1:2::" + std::to_string(i + 1));
    EXPECT_EQ(guess(browser_).status, 422);
  }
  browser_.move_to("2001:db8:1:2::ffff");
  EXPECT_EQ(guess(browser_).status, 429);
  browser_.move_to("2001:db8:1:3::1");
  EXPECT_EQ(guess(browser_).status, 422);
}

TEST_F(LoginTest, SuccessForgetsTheTries) {
  make_account();
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 3; ++i) EXPECT_EQ(guess(browser_).status, 422) << round;
    EXPECT_EQ(post(browser_, credentials()).status, 303) << round;
  }
}

TEST_F(LoginTest, NetworkThatTriesManyAddressesWaits) {
  make_account();
  browser_.move_to("198.51.100.1");
  for (int i = 0; i < 51; ++i) {
    const std::string email = "user" + std::to_string(i) + "@example.jp";
    EXPECT_EQ(post(browser_, credentials(email, kWrong)).status, 422) << i;
  }
  EXPECT_EQ(post(browser_, credentials("user51@example.jp", kWrong)).status, 429);
  elsewhere_.move_to("203.0.113.9");
  EXPECT_EQ(post(elsewhere_, credentials()).status, 303);
}

TEST_F(LoginTest, OwnerOfAnAttackedAccountGetsOneMailADay) {
  const Account account = make_account();
  const auto attack = [&](int day) {
    for (int i = 0; i < 20; ++i) {
      browser_.move_to("198.51." + std::to_string(day) + "." + std::to_string(i + 1));
      EXPECT_EQ(guess(browser_).status, 422) << i;
      const bool told = day > 0 || i >= 9;
      EXPECT_EQ(mails("account_attacked").size(), told ? 1U : 0U) << i;
    }
  };
  attack(0);
  now_ += 12 * kHour;
  attack(1);
  const auto mail = mails("account_attacked");
  EXPECT_EQ(mail[0].recipient, kEmail);
  EXPECT_EQ(mail[0].account_id, account.id);
  EXPECT_EQ(events("account_attacked").size(), 1U);
  now_ += kDay;
  for (int i = 0; i < 10; ++i) {
    browser_.move_to("198.51.7." + std::to_string(i + 1));
    guess(browser_);
  }
  EXPECT_EQ(mails("account_attacked").size(), 2U) << "another day";
}

TEST_F(LoginTest, AttackOnNobodyMailsNobody) {
  for (int i = 0; i < 20; ++i) {
    browser_.move_to("198.51.100." + std::to_string(i + 1));
    post(browser_, credentials("nobody@example.jp", kWrong));
  }
  EXPECT_TRUE(mails("account_attacked").empty());
  EXPECT_TRUE(events("account_attacked").empty());
}

}  // namespace
}  // namespace portal::testing_portal
