// A new password of the account, and who has to wait to try the present one.
#include <thread>

#include "core/registration/policy.h"
#include "steps/account_portal.h"

namespace portal::testing_portal {
namespace {

TEST_F(AccountTest, NewPasswordEndsTheOtherSessions) {
  log_in(elsewhere_);
  expect_done(post(password_form(kPassword, kNew, kNew)), "password");
  EXPECT_TRUE(is_signed_in(browser_));
  EXPECT_FALSE(is_signed_in(elsewhere_));
  const auto mail = mails("password_changed");
  ASSERT_EQ(mail.size(), 1U);
  EXPECT_EQ(mail[0].recipient, kEmail);
  EXPECT_EQ(events("password_changed").size(), 1U);
  LoginStep login(site_);
  EXPECT_EQ(elsewhere_.post(login, "/login", credentials()).status, 422);
  EXPECT_EQ(elsewhere_.post(login, "/login", credentials(kEmail, kNew)).status, 303);
}

TEST_F(AccountTest, TwoNewPasswordsAtOnceAreOne) {
  log_in(elsewhere_);
  // So costly a hash that both have given the old password before one of them changes it.
  ASSERT_TRUE(site_.settings.set("password.memory_kib", "32768"));
  AccountStep slow(site_);
  Response one;
  Response two;
  {
    const auto change = [&](Browser& browser, std::string_view password) {
      return browser.post(slow, "/account", password_form(kPassword, password, password));
    };
    const std::jthread a([&] { one = change(browser_, "First0ne!"); });
    const std::jthread b([&] { two = change(elsewhere_, "Second0ne!"); });
  }
  EXPECT_NE(header(one, "Location"), header(two, "Location"));
  EXPECT_EQ(mails("password_changed").size(), 1U);
}

TEST_F(AccountTest, NewPasswordIsNotSetOverOneThatIsBeingSet) {
  const std::string other = PasswordHasher(site_.settings).hash("Another0ne!");
  Response response;
  before_commit_of(
      [&](Connection& connection) { Accounts(connection).set_password(account_.id, other); },
      [&] { response = post(password_form(kPassword, kNew, kNew)); });
  EXPECT_NE(header(response, "Location"), "/account?done=password");
  EXPECT_EQ(account_of(kEmail)->password_hash, other);
}

TEST_F(AccountTest, NewPasswordObeysTheRules) {
  const Response response = post(password_form("", "short", "other"));
  EXPECT_EQ(response.status, 422);
  for (const char* text :
       {"8文字以上で", "英大文字", "一致しません", "現在のパスワードを入力してください",
        "id=\"current_password_password_error\"", "id=\"password_error\""}) {
    EXPECT_TRUE(shows(response, text));
  }
  EXPECT_EQ(account_of(kEmail)->password_hash, account_.password_hash);
  EXPECT_EQ(events("password_refused").size(), 0U) << "no try";
}

TEST_F(AccountTest, NewPasswordIsNotACommonOne) {
  refuse_common_passwords();
  const Response response = post(password_form(kPassword, "Qwerty123", "Qwerty123"));
  EXPECT_EQ(response.status, 422);
  EXPECT_TRUE(shows(response, "よく使われていて推測されやすい"));
  expect_done(post(password_form(kPassword, kNew, kNew)), "password");
}

// Who has a common password already can log in with it.
TEST_F(AccountTest, CommonPasswordOpensTheLogin) {
  expect_done(post(password_form(kPassword, "Qwerty123", "Qwerty123")), "password");
  refuse_common_passwords();
  LoginStep login(site_);
  EXPECT_EQ(elsewhere_.post(login, "/login", credentials(kEmail, "Qwerty123")).status, 303);
}

TEST_F(AccountTest, WrongPresentPasswordChangesNothing) {
  struct Case {
    Form form;
    std::string_view field;
  };
  for (const Case& row : {
           Case{email_form(kNewEmail, kWrong), "current_password_email"},
           Case{password_form(kWrong, kNew, kNew), "current_password_password"},
           Case{leave_form(kWrong), "current_password_leave"},
       }) {
    const Response response = post(row.form);
    EXPECT_EQ(response.status, 422);
    const std::string id(row.field);
    EXPECT_TRUE(shows(response, "<a href=\"#" + id + "\">現在のパスワードが違います"));
    EXPECT_TRUE(shows(response, "id=\"" + id + "_error\""));
    EXPECT_FALSE(shows(response, kWrong)) << "no password is shown again";
  }
  EXPECT_EQ(events("password_refused").size(), 3U);
  EXPECT_EQ(account_of(kEmail)->password_hash, account_.password_hash);
  EXPECT_TRUE(mails("email_change").empty());
  EXPECT_TRUE(mails("password_changed").empty());
}

TEST_F(AccountTest, ANewPasswordForgetsTheOtherBrowsers) {
  log_in(elsewhere_);
  const std::string here = browser_.cookies().at("device");
  const std::string there = elsewhere_.cookies().at("device");
  EXPECT_TRUE(knows(account_, here) && knows(account_, there));
  expect_done(post(password_form(kPassword, kNew, kNew)), "password");
  EXPECT_TRUE(knows(account_, here));
  EXPECT_FALSE(knows(account_, there));
}

// A stolen session is no way around the limits of the login.
TEST_F(AccountTest, TriesOfThePasswordAreSlowedDown) {
  for (int i = 0; i < 4; ++i) EXPECT_EQ(post(leave_form(kWrong)).status, 422);
  const Response response = post(leave_form(kPassword));
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(header(response, "Retry-After"), "1");
  LoginStep login(site_);
  EXPECT_EQ(browser_.post(login, "/login", credentials()).status, 429) << "one count for both";
  EXPECT_TRUE(account_of(kEmail));
  now_ += 1;
  expect_done(post(email_form(kNewEmail)), "email");
}

// Whoever has stolen a session, and moves about, is told of like one who guesses at the login.
TEST_F(AccountTest, ManyWrongPasswordsHereAreAnAttackToo) {
  browser_.forget("device");
  for (int i = 1; i <= kAttackTries; ++i) {
    EXPECT_TRUE(mails("account_attacked").empty()) << i;
    browser_.move_to("198.51.100." + std::to_string(i));
    EXPECT_EQ(post(leave_form(kWrong)).status, 422) << i;
  }
  ASSERT_EQ(mails("account_attacked").size(), 1U);
  EXPECT_EQ(mails("account_attacked")[0].account_id, account_.id);
  EXPECT_EQ(events("account_attacked").size(), 1U);
}

TEST_F(AccountTest, RightPasswordForgetsTheTries) {
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 3; ++i) EXPECT_EQ(post(leave_form(kWrong)).status, 422) << round;
    expect_done(post(email_form(kNewEmail)), "email");
  }
}

}  // namespace
}  // namespace portal::testing_portal
