// The password step: a link for who has forgotten the password, and what it does once.
#include "password/password.h"

#include <thread>

#include "core/database/account/account_links.h"
#include "core/registration/policy.h"
#include "steps/member.h"

namespace portal::testing_portal {
namespace {

constexpr std::string_view kNew = "Brand0New!";

Form forgot_form(std::string_view email) {
  return form_of({{"email", email}});
}
Form reset_form(std::string_view password, std::string_view confirmation) {
  return form_of({{"password", password}, {"password_confirmation", confirmation}});
}

class PasswordTest : public MemberTest {
 protected:
  PasswordTest() { account_ = make_account(); }

  Response forgot(Browser& browser, std::string_view email) {
    return browser.post(step_, "/password/forgot", forgot_form(email));
  }
  static std::string url(const std::string& token) { return "/password/reset?token=" + token; }
  Response reset(const std::string& token, std::string_view password = kNew) {
    return browser_.post(step_, url(token), reset_form(password, password));
  }

  // The mail was sent: the token of its link.
  std::string send_link(std::string_view purpose = kResetPurpose) {
    const std::string token = draw_token();
    on_database([&](Connection& connection) {
      AccountLink link;
      link.token_hash = token_hash(token);
      link.account_id = account_.id;
      link.purpose = purpose;
      link.sent_at = now_;
      AccountLinks(connection).add(link);
      return Done{};
    });
    return token;
  }
  bool can_log_in(std::string_view password) {
    LoginStep login(site_);
    Browser browser{site_};
    browser.move_to("203.0.113.200");
    return browser.post(login, "/login", credentials(kEmail, password)).status == 303;
  }

  Account account_;
  PasswordStep step_{site_};
};

TEST_F(PasswordTest, AsksForTheAddress) {
  const Response response = browser_.get(step_, "/password/forgot");
  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(shows(response, "name=\"email\""));
  EXPECT_TRUE(shows(browser_.get(step_, "/password/forgot?sent=1"), "1時間"));
}

// Nothing is looked up: the mailer finds out.
TEST_F(PasswordTest, EveryAddressIsAnsweredAlike) {
  const Response known = forgot(browser_, kEmail);
  const Response unknown = forgot(browser_, "nobody@example.jp");
  EXPECT_EQ(known.status, 303);
  EXPECT_EQ(header(known, "Location"), "/password/forgot?sent=1");
  EXPECT_EQ(unknown.status, known.status);
  EXPECT_EQ(unknown.headers, known.headers);
  const auto rows = mails("reset");
  ASSERT_EQ(rows.size(), 2U);
  for (const OutboxRow& row : rows) EXPECT_EQ(row.account_id, "");
  EXPECT_NE(rows[0].recipient, rows[1].recipient);
  EXPECT_EQ(events("password_reset_asked").size(), 2U);
}

TEST_F(PasswordTest, WhatIsNoAddressIsRefused) {
  const Response response = forgot(browser_, "nobody\">");
  EXPECT_EQ(response.status, 422);
  EXPECT_TRUE(shows(response, "<a href=\"#email\">メールアドレスに、使えない文字「&quot;」"));
  EXPECT_TRUE(shows(response, "value=\"nobody&quot;&gt;\""));
  EXPECT_TRUE(mails("reset").empty());
}

TEST_F(PasswordTest, ReadsTheAddressAsTheFormDoes) {
  EXPECT_EQ(forgot(browser_, "ｎｏｂｏｄｙ＠example\u200B.jp").status, 303);
  ASSERT_EQ(mails("reset").size(), 1U);
  EXPECT_EQ(mails("reset")[0].recipient, "nobody@example.jp");
}

// A message may quote a brace; it is not taken for a fact about the operator.
TEST_F(PasswordTest, QuotesABrace) {
  EXPECT_TRUE(shows(forgot(browser_, "nobody@{TELEPHONE}.jp"), "使えない文字「{」"));
}

TEST_F(PasswordTest, OneNetworkAsksForOneAddressFewTimes) {
  browser_.move_to("198.51.100.1");
  elsewhere_.move_to("203.0.113.9");
  for (const std::string_view email : {kEmail, std::string_view("nobody@example.jp")}) {
    const std::size_t queued = mails("reset").size();
    for (int i = 0; i < 4; ++i) EXPECT_EQ(forgot(browser_, email).status, 303) << i;
    const Response response = forgot(browser_, email);
    EXPECT_EQ(response.status, 429);
    EXPECT_EQ(response.limit, "reset");
    EXPECT_EQ(header(response, "Retry-After"), "1");
    EXPECT_EQ(mails("reset").size(), queued + 4);
    EXPECT_EQ(forgot(elsewhere_, email).status, 303) << "which keeps nobody elsewhere from asking";
  }
  EXPECT_EQ(forgot(browser_, "nobody+1@example.jp").status, 429) << "a tag makes no other address";
  EXPECT_EQ(forgot(browser_, "NOBODY@Example.JP").status, 429) << "nor do capitals";
}

// What a network's own limit refuses uses up nothing of the address's.
TEST_F(PasswordTest, ARefusedRequestCountsNowhere) {
  browser_.move_to("198.51.100.1");
  for (int i = 0; i < 300; ++i) forgot(browser_, "user" + std::to_string(i) + "@example.jp");
  for (int i = 0; i < 20; ++i) EXPECT_EQ(forgot(browser_, kEmail).limit, "reset_network");
  now_ += kHour;
  for (int i = 0; i < 4; ++i) EXPECT_EQ(forgot(browser_, kEmail).status, 303) << i;
}

TEST_F(PasswordTest, OneNetworkAsksForSoManyMails) {
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(forgot(browser_, "user" + std::to_string(i) + "@example.jp").status, 303) << i;
  }
  EXPECT_EQ(forgot(browser_, kEmail).status, 429);
  elsewhere_.move_to("203.0.113.9");
  EXPECT_EQ(forgot(elsewhere_, kEmail).status, 303);
  elsewhere_.move_to("");
  for (int i = 0; i < 301; ++i) {
    EXPECT_EQ(forgot(elsewhere_, "user" + std::to_string(i) + "@example.com").status, 303)
        << "an unknown client, " << i;
  }
}

TEST_F(PasswordTest, LookingAtTheLinkUsesNothingUp) {
  const std::string token = send_link();
  EXPECT_EQ(elsewhere_.head(step_, url(token)).status, 200);
  for (int i = 0; i < 3; ++i) {
    const Response response = elsewhere_.get(step_, url(token));
    EXPECT_EQ(response.status, 200);
    EXPECT_TRUE(shows(response, "autocomplete=\"new-password\""));
  }
  EXPECT_EQ(reset(token).status, 303);
}

TEST_F(PasswordTest, SetsTheNewPassword) {
  log_in(elsewhere_);
  const Response response = reset(send_link());
  EXPECT_EQ(response.status, 303);
  EXPECT_EQ(header(response, "Location"), "/login?reset=1");
  EXPECT_FALSE(is_signed_in(elsewhere_)) << "all sessions end";
  EXPECT_FALSE(is_signed_in(browser_)) << "and none begins";
  EXPECT_FALSE(can_log_in(kPassword));
  EXPECT_TRUE(can_log_in(kNew));
  const auto mail = mails("password_changed");
  ASSERT_EQ(mail.size(), 1U);
  EXPECT_EQ(mail[0].recipient, kEmail);
  EXPECT_EQ(mail[0].account_id, account_.id);
  EXPECT_EQ(events("password_reset").size(), 1U);
}

TEST_F(PasswordTest, WorksOnce) {
  const std::string token = send_link();
  EXPECT_EQ(reset(token).status, 303);
  EXPECT_EQ(browser_.get(step_, url(token)).status, 410);
  EXPECT_EQ(reset(token, "Another0ne!").status, 410);
  EXPECT_TRUE(can_log_in(kNew));
}

TEST_F(PasswordTest, EndsTheOtherLinks) {
  const std::string other = send_link();
  reset(send_link());
  EXPECT_EQ(reset(other, "Another0ne!").status, 410);
  EXPECT_TRUE(can_log_in(kNew));
}

TEST_F(PasswordTest, TwoAtOnceAreOne) {
  // So costly a hash that both have found the link good before one of them uses it.
  ASSERT_TRUE(site_.settings.set("password.memory_kib", "32768"));
  PasswordStep slow(site_);
  const std::string token = send_link();
  Response one;
  Response two;
  {
    const auto post = [&](Browser& browser, std::string_view password) {
      return browser.post(slow, url(token), reset_form(password, password));
    };
    const std::jthread a([&] { one = post(browser_, "First0ne!"); });
    const std::jthread b([&] { two = post(elsewhere_, "Second0ne!"); });
  }
  EXPECT_EQ(one.status + two.status, 303 + 410);
  EXPECT_NE(can_log_in("First0ne!"), can_log_in("Second0ne!"));
}

TEST_F(PasswordTest, GoodForAnHourFromSending) {
  const std::string token = send_link();
  now_ += kHour - 1;
  EXPECT_EQ(browser_.get(step_, url(token)).status, 200);
  now_ += 1;
  const Response response = browser_.get(step_, url(token));
  EXPECT_EQ(response.status, 410);
  EXPECT_TRUE(shows(response, "href=\"/password/forgot\""));
  EXPECT_EQ(reset(token).status, 410);
  EXPECT_TRUE(can_log_in(kPassword));
}

TEST_F(PasswordTest, UnknownOrMangledIs404) {
  const std::string token = send_link();
  for (const std::string& other : {draw_token(), std::string(), std::string("x"), "A" + token,
                                   send_link(kEmailChangePurpose)}) {
    EXPECT_EQ(browser_.get(step_, url(other)).status, 404) << other;
    EXPECT_EQ(reset(other).status, 404) << other;
  }
  EXPECT_EQ(browser_.get(step_, "/password/reset").status, 404);
  EXPECT_TRUE(can_log_in(kPassword));
}

TEST_F(PasswordTest, RefusedPasswordLeavesTheLinkGood) {
  const std::string token = send_link();
  const Response response = browser_.post(step_, url(token), reset_form("short", "different"));
  EXPECT_EQ(response.status, 422);
  for (const char* text : {"8文字以上で", "一致しません", "id=\"password_error\""}) {
    EXPECT_TRUE(shows(response, text));
  }
  EXPECT_FALSE(shows(response, "short"));
  EXPECT_TRUE(can_log_in(kPassword));
  EXPECT_EQ(reset(token).status, 303);
}

TEST_F(PasswordTest, CommonPasswordLeavesTheLinkGood) {
  refuse_common_passwords();
  const std::string token = send_link();
  const Response response = browser_.post(step_, url(token), reset_form("Welcome1", "Welcome1"));
  EXPECT_EQ(response.status, 422);
  EXPECT_TRUE(shows(response, "よく使われていて推測されやすい"));
  EXPECT_EQ(reset(token).status, 303);
}

TEST_F(PasswordTest, EndsThePauseOfTheAccount) {
  LoginStep login(site_);
  for (int i = 0; i < 5; ++i) browser_.post(login, "/login", credentials(kEmail, "Wrong0ne!"));
  EXPECT_EQ(browser_.post(login, "/login", credentials()).status, 429);
  reset(send_link());
  EXPECT_EQ(browser_.post(login, "/login", credentials(kEmail, kNew)).status, 303);
}

// Who guessed at the old password has learnt nothing of the new one.
TEST_F(PasswordTest, ForgetsTheGuessesAtTheAccount) {
  LoginStep login(site_);
  const auto guess_from = [&](const std::string& networks) {
    for (int i = 1; i < kAttackTries; ++i) {
      elsewhere_.move_to(networks + std::to_string(i));
      elsewhere_.post(login, "/login", credentials(kEmail, "Wrong0ne!"));
    }
  };
  guess_from("198.51.100.");
  reset(send_link());
  guess_from("203.0.113.");
  EXPECT_TRUE(mails("account_attacked").empty()) << "fewer than an attack, before and after";
  elsewhere_.move_to("192.0.2.1");
  elsewhere_.post(login, "/login", credentials(kEmail, "Wrong0ne!"));
  EXPECT_EQ(mails("account_attacked").size(), 1U);
}

TEST_F(PasswordTest, NoOtherBrowserIsKnownAfterwards) {
  log_in(elsewhere_);
  const std::string device = elsewhere_.cookies().at("device");
  EXPECT_TRUE(knows(account_, device));
  reset(send_link());
  EXPECT_FALSE(knows(account_, device)) << "it may be the one of who knew the old password";
  EXPECT_TRUE(knows(account_, browser_.cookies().at("device")));
}

// As the page says that asks to wait.
TEST_F(PasswordTest, OwnerLogsInAtOnceAfterwardsWhateverTheNetworkDid) {
  LoginStep login(site_);
  for (int i = 0; i < 301; ++i) {
    elsewhere_.post(login, "/login",
                    credentials("user" + std::to_string(i) + "@example.jp", "Wrong0ne!"));
  }
  EXPECT_EQ(browser_.post(login, "/login", credentials()).status, 429);
  reset(send_link());
  EXPECT_EQ(browser_.post(login, "/login", credentials(kEmail, kNew)).status, 303);
}

TEST_F(PasswordTest, DisabledAccountHasNoReset) {
  const std::string token = send_link();
  disable(account_);
  EXPECT_EQ(browser_.get(step_, url(token)).status, 410);
  EXPECT_EQ(reset(token).status, 410);
}

TEST_F(PasswordTest, NodesShareTheLinkAndTheCount) {
  const Site node = another_node();
  PasswordStep there(node);
  const std::string token = send_link();
  EXPECT_EQ(browser_.post(there, url(token), reset_form(kNew, kNew)).status, 303);
  EXPECT_EQ(reset(token).status, 410);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(forgot(browser_, kEmail).status, 303);
    EXPECT_EQ(browser_.post(there, "/password/forgot", forgot_form(kEmail)).status, 303);
  }
  EXPECT_EQ(browser_.post(there, "/password/forgot", forgot_form(kEmail)).status, 429);
}

TEST_F(PasswordTest, NoPageIsKeptByACache) {
  const std::string token = send_link();
  for (const Response& response :
       {browser_.get(step_, "/password/forgot"), browser_.get(step_, "/password/forgot?sent=1"),
        forgot(browser_, kEmail), forgot(browser_, "x"), browser_.get(step_, url(token)),
        reset(token, "x"), reset(token), reset(token), browser_.get(step_, url("x"))}) {
    EXPECT_EQ(header(response, "Cache-Control"), "no-store") << response.status;
  }
}

TEST_F(PasswordTest, DatabaseAwayIs503) {
  const std::string token = send_link();
  lose_database();
  EXPECT_EQ(forgot(browser_, kEmail).status, 503);
  EXPECT_EQ(browser_.get(step_, url(token)).status, 503);
  EXPECT_EQ(reset(token).status, 503);
}

}  // namespace
}  // namespace portal::testing_portal
