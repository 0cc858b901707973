// Sessions: their cookie, how long they last, and what ends them.
#include "steps/login_portal.h"

namespace portal::testing_portal {
namespace {

TEST_F(LoginTest, CookieIsForThisHostAndNoScript) {
  make_account();
  std::string cookie = last_cookie(post(browser_, credentials()));
  EXPECT_EQ(cookie.substr(0, cookie.find('=')), "session");
  EXPECT_EQ(cookie.substr(cookie.find(';')), "; Max-Age=43200; Path=/; HttpOnly; SameSite=Lax");
  ASSERT_TRUE(site_.settings.set("site.base_url", "https://portal.example.jp"));
  cookie = last_cookie(post(elsewhere_, credentials()));
  EXPECT_EQ(cookie.substr(0, cookie.find('=')), "__Host-session");
  EXPECT_EQ(cookie.substr(cookie.find(';')),
            "; Max-Age=43200; Path=/; HttpOnly; SameSite=Lax; Secure");
  EXPECT_TRUE(is_signed_in(elsewhere_));
  EXPECT_FALSE(is_signed_in(browser_)) << "the cookie of http is none of https";
}

// Whoever planted or saw a token before the login has nothing of the session.
TEST_F(LoginTest, TokenIsNewAtEachLogin) {
  make_account();
  const std::string planted = draw_token();
  browser_.keep("session", planted);
  log_in(browser_);
  const std::string first = session();
  EXPECT_NE(first, planted);
  log_in(browser_);
  const std::string second = session();
  EXPECT_NE(second, first);
  EXPECT_TRUE(is_signed_in(browser_));
  for (const std::string& old : {planted, first}) {
    elsewhere_.keep("session", old);
    EXPECT_FALSE(is_signed_in(elsewhere_));
  }
}

// A new password ends all sessions, and so also the one that is just beginning with the old one.
TEST_F(LoginTest, OldPasswordOpensNothingWhileTheNewOneIsBeingSet) {
  const Account account = make_account();
  const std::string other = PasswordHasher(site_.settings).hash("Another0ne!");
  Response response;
  before_commit_of(
      [&](Connection& connection) { Accounts(connection).set_password(account.id, other); },
      [&] { response = post(browser_, credentials()); });
  EXPECT_EQ(response.status, 422);
  EXPECT_FALSE(is_signed_in(browser_));
}

TEST_F(LoginTest, MangledCookieIsNobody) {
  make_account();
  log_in(browser_);
  for (const std::string& value :
       {std::string(), session() + "A", session().substr(1), token_hash(session())}) {
    elsewhere_.keep("session", value);
    EXPECT_FALSE(is_signed_in(elsewhere_)) << value;
  }
}

TEST_F(LoginTest, SessionEndsWhenIdle) {
  make_account();
  log_in(browser_);
  for (int i = 0; i < 4; ++i) {
    now_ += 30 * kMinute - 1;
    EXPECT_EQ(browser_.get(step_, "/login").status, 303) << i;
  }
  now_ += 30 * kMinute;
  EXPECT_EQ(browser_.get(step_, "/login").status, 200);
}

TEST_F(LoginTest, SessionEndsTwelveHoursAfterLogin) {
  make_account();
  log_in(browser_);
  const EpochSeconds start = now_;
  while (now_ + 20 * kMinute < start + 12 * kHour) {
    now_ += 20 * kMinute;
    EXPECT_EQ(browser_.get(step_, "/login").status, 303);
  }
  now_ = start + 12 * kHour;
  EXPECT_EQ(browser_.get(step_, "/login").status, 200);
}

TEST_F(LoginTest, HeadKeepsNoSessionAlive) {
  make_account();
  log_in(browser_);
  now_ += 20 * kMinute;
  EXPECT_EQ(browser_.head(step_, "/login").status, 303);
  now_ += 10 * kMinute;
  EXPECT_EQ(browser_.get(step_, "/login").status, 200);
}

TEST_F(LoginTest, SettingsSayHowLong) {
  make_account();
  ASSERT_TRUE(site_.settings.set("session.idle_minutes", "5"));
  log_in(browser_);
  now_ += 5 * kMinute;
  EXPECT_FALSE(is_signed_in(browser_));
}

TEST_F(LoginTest, DisablingEndsTheSession) {
  const Account account = make_account();
  log_in(browser_);
  disable(account);
  EXPECT_FALSE(is_signed_in(browser_));
}

TEST_F(LoginTest, LogoutEndsThisSessionOnly) {
  make_account();
  log_in(browser_);
  log_in(elsewhere_);
  const std::string token = session();
  EXPECT_EQ(browser_.get(step_, "/logout").status, 405);
  EXPECT_TRUE(is_signed_in(browser_)) << "a GET is no logout";
  const Response response = browser_.post(step_, "/logout", {});
  EXPECT_EQ(response.status, 303);
  EXPECT_EQ(header(response, "Location"), "/");
  EXPECT_EQ(header(response, "Set-Cookie"), "session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax");
  browser_.keep("session", token);
  EXPECT_FALSE(is_signed_in(browser_)) << "the server forgot it too";
  EXPECT_TRUE(is_signed_in(elsewhere_));
  EXPECT_EQ(events("logout").size(), 1U);
}

TEST_F(LoginTest, LogoutWithoutASessionIsFine) {
  EXPECT_EQ(browser_.post(step_, "/logout", {}).status, 303);
  EXPECT_EQ(events("logout").size(), 0U);
}

TEST_F(LoginTest, NodesShareSessionsAndTries) {
  make_account();
  const Site node = another_node();
  LoginStep there(node);
  log_in(browser_);
  EXPECT_EQ(browser_.get(there, "/login").status, 303);
  browser_.post(there, "/logout", {});
  EXPECT_FALSE(is_signed_in(browser_));
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(guess(elsewhere_).status, 422);
    EXPECT_EQ(elsewhere_.post(there, "/login", credentials(kEmail, kWrong)).status, 422);
  }
  EXPECT_EQ(guess(elsewhere_).status, 429);
  EXPECT_EQ(elsewhere_.post(there, "/login", credentials()).status, 429);
}

}  // namespace
}  // namespace portal::testing_portal
