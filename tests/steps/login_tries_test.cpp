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
  EXPECT_EQ(guesses_let_through(browser_, 2000), 300);
  const Response response = post(browser_, credentials("another@example.jp", kWrong));
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(response.limit, "network");
  EXPECT_EQ(header(response, "Retry-After"), "900");
  elsewhere_.move_to("203.0.113.9");
  EXPECT_EQ(post(elsewhere_, credentials()).status, 303);
  now_ += 15 * kMinute;
  EXPECT_EQ(post(browser_, credentials()).status, 303);
}

TEST_F(LoginTest, HospitalGroupBehindOneAddressLogsIn) {
  constexpr int kPeople = 25;
  for (int i = 0; i < kPeople; ++i) make_account(member(i), number(i));
  int refused = 0;
  for (int i = 0; i < 500; ++i) {  // in a quarter of an hour, each in a browser that is new here
    Browser browser(site_);
    browser.move_to("198.51.100.1");
    if (i % 25 == 0) {
      EXPECT_EQ(post(browser, credentials(member(i / 25), kWrong)).status, 422);
    }
    refused += post(browser, credentials(member(i % kPeople))).status == 303 ? 0 : 1;
    if (i % 2 == 0) now_ += 3;
  }
  EXPECT_EQ(refused, 0);
}

TEST_F(LoginTest, GuessersGainNothingByRightLoginsInBetween) {
  make_account();
  browser_.move_to("198.51.100.1");
  int through = 0;
  for (int i = 0; i < 40; ++i) {
    through += guesses_let_through(browser_, 10, i * 10);
    post(browser_, credentials());
  }
  EXPECT_EQ(through, 300);
}

TEST_F(LoginTest, UnknownClientsHaveNoLimitByNetworkButOneByAccount) {
  make_account();
  browser_.move_to("");
  EXPECT_EQ(guesses_let_through(browser_, 310), 310);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(guess(browser_).status, 422);
  EXPECT_EQ(guess(browser_).status, 429);
  elsewhere_.move_to("203.0.113.9");
  EXPECT_EQ(post(elsewhere_, credentials()).status, 303);
  EXPECT_EQ(events("login_refused").back().network, "unknown");
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
