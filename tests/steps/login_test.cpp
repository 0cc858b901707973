// The login step: who gets in, who does not, and what each of them can see.
#include "login/login.h"

#include "core/database/registrations.h"
#include "steps/member.h"

namespace portal::testing_portal {
namespace {

constexpr std::string_view kWrong = "Wrong0ne!";
constexpr std::string_view kRefused = "メールアドレスまたはパスワードが違うか";
constexpr std::string_view kPending = "登録がまだ完了していません";

class LoginTest : public MemberTest {
 protected:
  Response post(Browser& browser, const Form& form) { return browser.post(step_, "/login", form); }
  Response guess(Browser& browser) { return post(browser, credentials(kEmail, kWrong)); }
  std::string session() { return browser_.cookies().at("session"); }

  LoginStep step_{site_};
};

TEST_F(LoginTest, RightPasswordOpensASession) {
  const Account account = make_account();
  EXPECT_FALSE(is_signed_in(browser_));
  // Another case of the address is the same address.
  const Response response = post(browser_, credentials(" kikin01@TEST.kikin.com "));
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

TEST_F(LoginTest, KeepsWhenAndFromWhere) {
  make_account();
  browser_.move_to("192.0.2.7");
  log_in(browser_);
  const auto account = account_of(kEmail);
  EXPECT_EQ(account->last_login_at, now_);
  EXPECT_EQ(account->last_login_client, "192.0.2.7");
}

TEST_F(LoginTest, CookieIsForThisHostAndNoScript) {
  make_account();
  std::string cookie = header(post(browser_, credentials()), "Set-Cookie");
  EXPECT_EQ(cookie.substr(0, cookie.find('=')), "session");
  EXPECT_EQ(cookie.substr(cookie.find(';')), "; Max-Age=43200; Path=/; HttpOnly; SameSite=Lax");
  ASSERT_TRUE(site_.settings.set("site.base_url", "https://portal.example.jp"));
  cookie = header(post(elsewhere_, credentials()), "Set-Cookie");
  EXPECT_EQ(cookie.substr(0, cookie.find('=')), "__Host-session");
  EXPECT_EQ(cookie.substr(cookie.find(';')),
            "; Max-Age=43200; Path=/; HttpOnly; SameSite=Lax; Secure");
  EXPECT_TRUE(is_signed_in(elsewhere_));
  EXPECT_FALSE(is_signed_in(browser_)) << "the cookie of http is none of https";
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
    Browser browser;
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

TEST_F(LoginTest, PendingRegistrationGetsItsMailAgain) {
  const auto registration = sign_up(elsewhere_, judo_form());
  now_ += kMinute;
  const Response response = post(browser_, credentials());
  EXPECT_EQ(response.status, 422);
  EXPECT_TRUE(shows(response, kRefused));
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

TEST_F(LoginTest, LeadsBackToWhereTheUserWanted) {
  make_account();
  const Response form = browser_.get(step_, "/login?return=/account%3Ftoken%3Dabc");
  EXPECT_TRUE(shows(form, "action=\"/login?return=/account%3Ftoken%3Dabc\""));
  const Response response =
      browser_.post(step_, "/login?return=/account%3Ftoken%3Dabc", credentials());
  EXPECT_EQ(header(response, "Location"), "/account?token=abc");
  const Response refused =
      elsewhere_.post(step_, "/login?return=/news", credentials(kEmail, kWrong));
  EXPECT_TRUE(shows(refused, "action=\"/login?return=/news\"")) << "still known at the next try";
  const Response evil = elsewhere_.post(step_, "/login?return=//evil.example", credentials());
  EXPECT_EQ(header(evil, "Location"), "/account");
}

TEST(OwnPath, IsOursOrTheOwnPage) {
  struct Case {
    std::string_view path;
    bool ours;
  };
  for (const Case& row : {
           Case{"/account", true},
           Case{"/", true},
           Case{"/news/2024-06-03-portal-opened", true},
           Case{"/account?token=abc-_123", true},
           Case{"/register?institution=judo&judo_number=%30", true},
           Case{"", false},
           Case{"account", false},
           Case{"//evil.example", false},
           Case{"//evil", false},
           Case{"/account//evil", false},
           Case{"///evil.example", false},
           Case{"/\\evil.example", false},
           Case{"\\\\evil.example", false},
           Case{"/account//evil.example", false},
           Case{"https://evil.example/", false},
           Case{"https:evil.example", false},
           Case{"javascript:alert(1)", false},
           Case{"/%2fevil.example", false},
           Case{"/%5cevil.example", false},
           Case{"/..//evil.example", false},
           Case{"/./login", false},
           Case{"/\tevil.example", false},
           Case{"/account\r\nSet-Cookie: session=x", false},
           Case{"/account?x=\r\n", false},
           Case{"/account?x=\\", false},
           Case{" /account", false},
           Case{"/お知らせ", false},
           Case{"/login", false},
           Case{"/login?return=/login", false},
           Case{"/login/x", false},
           Case{"/logout", false},
       }) {
    EXPECT_EQ(own_path(row.path), row.ours ? row.path : "/account") << row.path;
  }
}

TEST(OwnPath, GoesThereAndBackThroughTheQuery) {
  const Response response = to_login("/account?token=a&b=c%20d");
  EXPECT_EQ(response.status, 303);
  const std::string location = header(response, "Location");
  const auto query = Form::decode(location.substr(location.find('?') + 1));
  ASSERT_TRUE(query);
  EXPECT_EQ(query->get("return"), "/account?token=a&b=c%20d");
  EXPECT_EQ(header(to_login("/account"), "Location"), "/login?return=/account");
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
