// The one total that refuses: fifty wrong passwords an hour for one account, over all networks. It
// never refuses a browser that the account knows, and what it refuses has another way in.
#include "core/database/account/account_links.h"
#include "core/registration/policy.h"
#include "password/password.h"
#include "steps/login_portal.h"

namespace portal::testing_portal {
namespace {

class CeilingTest : public LoginTest {
 protected:
  // Each from a network of its own. Returns how many passwords were compared.
  int guess_from(int networks, std::string_view email = kEmail) {
    int through = 0;
    for (int i = 0; i < networks; ++i) {
      Browser stranger(site_);
      stranger.move_to("10.1." + std::to_string(next_ / 250) + "." + std::to_string(next_ % 250));
      ++next_;
      const Response response = post(stranger, credentials(email, kWrong));
      through += response.status == 422 ? 1 : 0;
    }
    return through;
  }
  // A browser that nobody has seen, from a network that nobody has seen.
  Response new_browser(std::string_view email, std::string_view password = kPassword) {
    Browser browser(site_);
    browser.move_to("203.0.113." + std::to_string(++next_ % 250));
    return post(browser, credentials(email, password));
  }
  Response reset_password(Browser& browser, const Account& account, std::string_view password) {
    const std::string token = draw_token();
    on_database([&](Connection& connection) {
      AccountLinks(connection)
          .add({token_hash(token), account.id, std::string(kResetPurpose), "", now_});
      return Done{};
    });
    PasswordStep step(site_);
    return browser.post(step, "/password/reset?token=" + token,
                        form_of({{"password", password}, {"password_confirmation", password}}));
  }

 private:
  int next_ = 0;
};

TEST_F(CeilingTest, FiftyWrongOnesFromAnywhereReachTheHash) {
  make_account();
  EXPECT_EQ(guess_from(220), 50);
  const Response response = new_browser(kEmail);
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(response.limit, "attacked");
  EXPECT_EQ(header(response, "Retry-After"), "3600");
  EXPECT_TRUE(shows(response, "はじめて使うブラウザ"));
  EXPECT_TRUE(shows(response, "<a href=\"/password/forgot\">パスワードを忘れた方</a>"));
  EXPECT_TRUE(shows(response, "60分"));
  now_ += kHour;
  EXPECT_EQ(new_browser(kEmail).status, 303);
}

TEST_F(CeilingTest, NoHashIsMadeBeyond) {
  make_account();
  int hashes = 0;
  LoginStep step(site_, [&](std::string_view, std::string_view) {
    ++hashes;
    return false;
  });
  for (int i = 0; i < 80; ++i) {
    Browser stranger(site_);
    stranger.move_to("10.2.0." + std::to_string(i));
    stranger.post(step, "/login", credentials(kEmail, kWrong));
  }
  EXPECT_EQ(hashes, 50);
}

TEST_F(CeilingTest, AnAddressWithoutAnAccountIsAnsweredAlike) {
  make_account();
  constexpr std::string_view kNobody = "nobody@example.jp";
  EXPECT_EQ(guess_from(60, kNobody), guess_from(60));
  const Response nobody = new_browser(kNobody);
  const Response somebody = new_browser(kEmail);
  EXPECT_EQ(nobody.status, 429);
  EXPECT_EQ(nobody.body, somebody.body);
  EXPECT_EQ(nobody.headers, somebody.headers);
  EXPECT_EQ(nobody.limit, somebody.limit);
}

TEST_F(CeilingTest, ABrowserThatTheAccountKnowsGoesOn) {
  make_account();
  log_in(browser_);
  browser_.post(step_, "/logout", {});
  EXPECT_EQ(browser_.cookies().count("session"), 0U);
  EXPECT_EQ(browser_.cookies().count("device"), 1U) << "the cookie survives the logout";
  EXPECT_EQ(guess_from(60), 50);
  EXPECT_EQ(post(browser_, credentials()).status, 303);
  EXPECT_EQ(guess(browser_).status, 422) << "with a limit of its own";
  EXPECT_EQ(new_browser(kEmail).status, 429);
}

TEST_F(CeilingTest, AResetMakesTheBrowserKnownAndNoOther) {
  const Account account = make_account();
  log_in(browser_);
  guess_from(60);
  Browser fresh(site_);
  fresh.move_to("203.0.113.77");
  EXPECT_EQ(post(fresh, credentials()).status, 429);
  constexpr std::string_view kNew = "Brand0New!";
  EXPECT_EQ(reset_password(fresh, account, kNew).status, 303);
  EXPECT_EQ(guess_from(60), 50) << "strangers go on";
  EXPECT_EQ(post(fresh, credentials(kEmail, kNew)).status, 303);
  EXPECT_EQ(post(browser_, credentials(kEmail, kNew)).status, 429)
      << "the other browser is known no more";
}

TEST_F(CeilingTest, RightOnesUseNothingUp) {
  make_account();
  EXPECT_EQ(guess_from(49), 49);
  for (int i = 0; i < 120; ++i) EXPECT_EQ(new_browser(kEmail).status, 303) << i;
  EXPECT_EQ(guess_from(2), 1);
}

TEST_F(CeilingTest, WhatItRefusesCountsNowhere) {
  make_account();
  make_account(member(1), number(1));
  guess_from(50);
  browser_.move_to("198.51.100.1");
  for (int i = 0; i < 400; ++i) EXPECT_EQ(guess(browser_).limit, "attacked") << i;
  EXPECT_EQ(guesses_let_through(browser_, 310), 300) << "the network still has all of its tries";
  now_ += kHour;
  EXPECT_EQ(post(browser_, credentials()).status, 303);
}

TEST_F(CeilingTest, AnIpv6NetworkIsCountedByItsWiderPrefixes) {
  const struct {
    const char* label;
    const char* prefix;  // the third and fourth group follow from the try
    bool by_56;
    int most;  // how many of 200 guesses at once are compared: free, and one more
  } cases[] = {{"in a /56", "2001:db8:1:", true, 7}, {"in a /48", "2001:db8:2:", false, 13}};
  for (const auto& test : cases) {
    int through = 0;
    for (int i = 0; i < 200; ++i) {
      Browser stranger(site_);
      char group[8];
      std::snprintf(group, sizeof group, "%x", test.by_56 ? i : i * 256);
      stranger.move_to(test.prefix + std::string(group) + "::1");
      through +=
          post(stranger, credentials(std::string(test.by_56 ? "a" : "b") + "@example.jp", kWrong))
                      .status == 422
              ? 1
              : 0;
    }
    EXPECT_EQ(through, test.most) << test.label;
  }
}

TEST_F(CeilingTest, AWholeIpv6NetworkHasFourTimesASubscribersTries) {
  int through = 0;
  for (int i = 0; i < 1300; ++i) {
    Browser stranger(site_);
    char group[8];
    std::snprintf(group, sizeof group, "%x", i * 7);
    stranger.move_to("2001:db8:1:" + std::string(group) + "::1");
    const auto email = "user" + std::to_string(i) + "@example.jp";
    through += post(stranger, credentials(email, kWrong)).status == 422 ? 1 : 0;
  }
  EXPECT_EQ(through, 1200);
}

}  // namespace
}  // namespace portal::testing_portal
