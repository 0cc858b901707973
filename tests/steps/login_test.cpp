// The login step: who gets in, who does not, and what each of them can see.
#include "core/database/registration/registrations.h"
#include "steps/login_portal.h"

namespace portal::testing_portal {
namespace {

constexpr std::string_view kRefused = "メールアドレスまたはパスワードが違うか";
constexpr std::string_view kPending = "登録がまだ完了していません";

TEST_F(LoginTest, AsksForAddressAndPassword) {
  const Response page = browser_.get(step_, "/login");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(shows(page, "name=\"email\" type=\"email\""));
  EXPECT_TRUE(shows(page, "name=\"password\" type=\"password\""));
  EXPECT_TRUE(shows(page, "autocomplete=\"current-password\""));
}

TEST_F(LoginTest, RightPasswordOpensASession) {
  const Account account = make_account();
  EXPECT_FALSE(is_signed_in(browser_));
  // Another case of the address is the same address.
  const Response response = post(browser_, credentials(" kikin01@TEST.example "));
  EXPECT_EQ(response.status, 303);
  EXPECT_EQ(header(response, "Location"), "/account");
  EXPECT_TRUE(is_signed_in(browser_));
  EXPECT_FALSE(is_signed_in(elsewhere_));
  EXPECT_EQ(header(browser_.get(step_, "/login"), "Location"), "/account");
  const auto rows = events("login");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].account_id, account.id);
  EXPECT_EQ(rows[0].request_id, "0123456789abcdef0123456789abcdef");
  EXPECT_FALSE(rows[0].network.empty());
}

TEST_F(LoginTest, ReadsTheAddressAsTheFormDoes) {
  make_account();
  for (const char* const typed :
       {"Ｋｉｋｉｎ０１＠test．example", "\u200Bkikin01@test.example\uFEFF"}) {
    EXPECT_EQ(post(elsewhere_, credentials(typed)).status, 303) << typed;
  }
}

TEST_F(LoginTest, KeepsWhenAndFromWhere) {
  make_account();
  browser_.move_to("192.0.2.7");
  log_in(browser_);
  const auto account = account_of(kEmail);
  EXPECT_EQ(account->last_login_at, now_);
  EXPECT_EQ(account->last_login_client, "192.0.2.7");
}

// One message, one look: no refusal tells what was found.
TEST_F(LoginTest, EveryRefusalLooksTheSame) {
  make_account();
  disable(make_account("gone@example.jp", "協0123456-7-8"));
  sign_up(elsewhere_, ahaki_form());
  struct Case {
    std::string_view label;
    std::string_view email;
    std::string_view password;
  };
  std::string expected;
  for (const Case& refused : {
           Case{"wrong password", kEmail, kWrong},
           Case{"unknown address", "nobody@example.jp", kPassword},
           Case{"no address at all", "nobody", kPassword},
           Case{"disabled", "gone@example.jp", kPassword},
           Case{"disabled and wrong", "gone@example.jp", kWrong},
           Case{"not activated and wrong", "tsubasa@example.jp", kWrong},
       }) {
    Browser browser{site_};
    Response response = post(browser, credentials(refused.email, refused.password));
    EXPECT_EQ(response.status, 422) << refused.label;
    EXPECT_TRUE(shows(response, kRefused)) << refused.label;
    EXPECT_FALSE(browser.cookies().contains("session")) << refused.label;
    const auto typed = response.body.find(refused.email);
    ASSERT_NE(typed, std::string::npos) << refused.label;
    response.body.erase(typed, refused.email.size());
    if (expected.empty()) expected = response.body;
    EXPECT_EQ(response.body, expected) << refused.label;
  }
  std::vector<std::string> reasons;
  for (const AuditRow& row : events("login_refused")) reasons.push_back(row.detail);
  std::ranges::sort(reasons);
  EXPECT_EQ(reasons, (std::vector<std::string>{"disabled", "unknown_address", "unknown_address",
                                               "wrong_password", "wrong_password",
                                               "wrong_password_pending"}))
      << "only the audit tells them apart";
  EXPECT_EQ(events("login").size(), 0U);
  EXPECT_TRUE(mails("activation").size() == 1) << "the one of sign_up";
}

TEST_F(LoginTest, HashesOnceWhateverThereIs) {
  make_account();
  disable(make_account("gone@example.jp", "協0123456-7-8"));
  sign_up(elsewhere_, ahaki_form());
  PasswordHasher hasher(site_.settings);
  std::vector<std::string> verified;
  LoginStep step(site_, [&](std::string_view encoded, std::string_view password) {
    verified.emplace_back(encoded);
    return hasher.verify(encoded, password);
  });
  for (const std::string_view email :
       {kEmail, std::string_view("gone@example.jp"), std::string_view("tsubasa@example.jp"),
        std::string_view("nobody@example.jp")}) {
    for (const std::string_view password : {kPassword, kWrong}) {
      verified.clear();
      browser_.post(step, "/login", credentials(email, password));
      ASSERT_EQ(verified.size(), 1U) << email;
      EXPECT_EQ(verified[0].empty(), email == "nobody@example.jp") << email;
    }
  }
}

TEST_F(LoginTest, WhoGetsA503HasTriedNothing) {
  make_account();
  LoginStep without_memory(
      site_, [](std::string_view, std::string_view) -> bool { throw std::bad_alloc(); });
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(browser_.post(without_memory, "/login", credentials()).status, 503);
  }
  EXPECT_EQ(browser_.post(step_, "/login", credentials()).status, 303);
}

TEST_F(LoginTest, NothingTypedIsNoTry) {
  make_account();
  for (int i = 0; i < 20; ++i) {
    const Response response = post(browser_, credentials(" ", ""));
    EXPECT_EQ(response.status, 422);
    EXPECT_TRUE(shows(response, "メールアドレスを入力してください。"));
    EXPECT_TRUE(shows(response, "パスワードを入力してください。"));
  }
  EXPECT_EQ(post(browser_, credentials(kEmail, "")).status, 422);
  EXPECT_EQ(post(browser_, credentials()).status, 303);
}

TEST_F(LoginTest, KeepsTheAddressButNeverThePassword) {
  make_account();
  const Response response = post(browser_, credentials("\"><b>x@example.jp", kWrong));
  EXPECT_TRUE(shows(response, "value=\"&quot;&gt;&lt;b&gt;x@example.jp\""));
  EXPECT_FALSE(shows(response, kWrong));
  // As long as an address may be, whatever is sent.
  for (const std::size_t length : {254U, 255U, 60'000U}) {
    const Response again = post(browser_, credentials(std::string(length, 'x'), kWrong));
    EXPECT_TRUE(shows(again, "value=\"" + std::string(254, 'x') + "\"")) << length;
  }
}

TEST_F(LoginTest, PendingRegistrationGetsItsMailAgain) {
  const auto registration = sign_up(elsewhere_, judo_form());
  now_ += kMinute;
  const Response response = post(browser_, credentials());
  EXPECT_EQ(response.status, 422);
  EXPECT_FALSE(shows(response, kRefused)) << "nothing that was entered is wrong";
  EXPECT_FALSE(shows(response, "class=\"summary\""));
  EXPECT_FALSE(shows(response, "aria-invalid"));
  EXPECT_TRUE(shows(response, kPending));
  EXPECT_TRUE(shows(response, "もう一度お送りしました"));
  EXPECT_FALSE(is_signed_in(browser_));
  ASSERT_EQ(mails("activation").size(), 2U);
  for (const OutboxRow& mail : mails("activation")) {
    EXPECT_EQ(mail.registration_id, registration.id);
    EXPECT_EQ(mail.recipient, kEmail);
  }
  EXPECT_TRUE(shows(post(browser_, credentials()), "先ほどお送りしています"));
  EXPECT_EQ(mails("activation").size(), 2U) << "once a minute";
}

TEST_F(LoginTest, WhoIsNotActivatedIsInTheAuditAsRefused) {
  const auto registration = sign_up(elsewhere_, judo_form());
  post(browser_, credentials());
  const auto rows = events("login_refused");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].account_id, registration.id);
  EXPECT_EQ(rows[0].detail, "not_activated");
}

TEST_F(LoginTest, OnlyThePasswordTellsOfAPendingRegistration) {
  sign_up(elsewhere_, judo_form());
  now_ += kMinute;
  EXPECT_FALSE(shows(guess(browser_), kPending));
  EXPECT_EQ(mails("activation").size(), 1U);
  now_ += 2 * kDay;  // it has expired
  EXPECT_FALSE(shows(post(browser_, credentials()), kPending));
  EXPECT_EQ(mails("activation").size(), 1U);
}

TEST_F(LoginTest, TheAccountIsMeantNotARegistrationOfTheSameAddress) {
  Form other = ahaki_form();
  other.set("email", kEmail);
  other.set("password", "Other0ne!");
  other.set("password_confirmation", "Other0ne!");
  sign_up(elsewhere_, other);
  make_account();
  now_ += kMinute;
  const Response response = post(browser_, credentials(kEmail, "Other0ne!"));
  EXPECT_EQ(response.status, 422);
  EXPECT_FALSE(shows(response, kPending));
  EXPECT_EQ(post(browser_, credentials()).status, 303);
}

TEST_F(LoginTest, DisabledOwnerGetsNoActivationMail) {
  Form other = ahaki_form();
  other.set("email", kEmail);
  sign_up(elsewhere_, other);
  disable(make_account());
  now_ += kMinute;
  EXPECT_FALSE(shows(post(browser_, credentials()), kPending));
  EXPECT_EQ(mails("activation").size(), 1U);
}

TEST_F(LoginTest, HashOfAnotherCostIsRenewed) {
  const Account account = make_account();
  log_in(browser_);
  EXPECT_EQ(account_of(kEmail)->password_hash, account.password_hash) << "nothing to renew";
  ASSERT_TRUE(site_.settings.set("password.iterations", "3"));
  LoginStep costlier(site_);
  EXPECT_EQ(browser_.post(costlier, "/login", credentials(kEmail, kWrong)).status, 422);
  EXPECT_EQ(account_of(kEmail)->password_hash, account.password_hash);
  EXPECT_EQ(browser_.post(costlier, "/login", credentials()).status, 303);
  const std::string renewed = account_of(kEmail)->password_hash;
  EXPECT_NE(renewed, account.password_hash);
  EXPECT_FALSE(PasswordHasher(site_.settings).needs_rehash(renewed));
  EXPECT_EQ(browser_.post(costlier, "/login", credentials()).status, 303);
  EXPECT_EQ(account_of(kEmail)->password_hash, renewed) << "once";
}

// What the password was verified against may be gone when the session is to be opened.
TEST_F(LoginTest, ChangeDuringTheHashIsRefused) {
  const Account account = make_account();
  PasswordHasher hasher(site_.settings);
  LoginStep step(site_, [&](std::string_view encoded, std::string_view password) {
    on_database([&](Connection& connection) {
      return Accounts(connection).set_password(account.id, hasher.hash("Another0ne!"));
    });
    return hasher.verify(encoded, password);
  });
  EXPECT_EQ(browser_.post(step, "/login", credentials()).status, 422);
  EXPECT_FALSE(is_signed_in(browser_));
}

TEST_F(LoginTest, WhoIsDisabledDuringTheHashIsRefused) {
  const Account account = make_account();
  PasswordHasher hasher(site_.settings);
  LoginStep step(site_, [&](std::string_view encoded, std::string_view password) {
    const bool right = hasher.verify(encoded, password);
    disable(account);
    return right;
  });
  const Response response = browser_.post(step, "/login", credentials());
  EXPECT_EQ(response.status, 422);
  EXPECT_TRUE(shows(response, kRefused));
  EXPECT_EQ(browser_.cookies().count("session"), 0U);
  EXPECT_EQ(count("web_session"), 0);
  EXPECT_TRUE(events("login").empty());
  EXPECT_EQ(events("login_refused").size(), 1U);
}

TEST_F(LoginTest, NoPageIsKeptByACache) {
  make_account();
  std::vector<Response> responses = {browser_.get(step_, "/login"), guess(browser_),
                                     post(browser_, credentials()), browser_.get(step_, "/login"),
                                     browser_.post(step_, "/logout", {})};
  for (int i = 0; i < 5; ++i) responses.push_back(guess(elsewhere_));
  EXPECT_EQ(responses.back().status, 429);
  for (const Response& response : responses) {
    EXPECT_EQ(header(response, "Cache-Control"), "no-store") << response.status;
  }
}

TEST_F(LoginTest, SaysThatThePasswordWasReset) {
  EXPECT_TRUE(shows(browser_.get(step_, "/login?reset=1"), "パスワードを変更しました"));
  EXPECT_FALSE(shows(browser_.get(step_, "/login"), "パスワードを変更しました"));
}

TEST_F(LoginTest, DatabaseAwayIs503) {
  make_account();
  log_in(browser_);
  lose_database();
  EXPECT_EQ(browser_.get(step_, "/login").status, 503);
  EXPECT_EQ(post(browser_, credentials()).status, 503);
  EXPECT_EQ(browser_.post(step_, "/logout", {}).status, 503);
  EXPECT_EQ(elsewhere_.get(step_, "/login").status, 200) << "the form needs none";
}

}  // namespace
}  // namespace portal::testing_portal
