// The activate step: contract.md §4, case by case.
#include <new>

#include "complete/complete.h"
#include "core/security/token.h"
#include "steps/activate_portal.h"

namespace portal::testing_portal {
namespace {

TEST_F(ActivateTest, OneClickInTheBrowserThatRegistered) {
  const auto registration = sign_up(browser_, judo_form());
  const std::string registered = password_hash_of(registration.id);
  const std::string token = send_link(registration);
  const Response response = browser_.get(step_, url(token));
  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(shows(response, kDone));
  const auto account = on_database([&](Connection& connection) {
    return Accounts(connection).find_by_number(a_number("契0123456-7-8"));
  });
  ASSERT_TRUE(account);
  EXPECT_EQ(account->family_name, "髙﨑");
  EXPECT_NE(registered, "");
  EXPECT_EQ(password_hash_of(account->id), registered);
  EXPECT_FALSE(browser_.cookies().contains("session")) << "nobody is logged in by it";
}

TEST_F(ActivateTest, IsInTheAuditOnce) {
  const auto registration = sign_up(browser_, judo_form());
  const std::string token = send_link(registration);
  elsewhere_.get(step_, url(token));
  elsewhere_.post(step_, url(token), with("Wr0ngPassword"));
  browser_.get(step_, url(token));
  browser_.get(step_, url(token));
  const auto rows = on_database([](Connection& connection) {
    return Audit(connection).list({.account_id = "", .event = "activated", .since = 0});
  });
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].account_id, registration.id);
}

TEST_F(ActivateTest, TheCallCentreCanTellWhoOpenedTheLink) {
  const auto registration = sign_up(browser_, judo_form());
  const std::string token = send_link(registration);
  elsewhere_.call_itself("Scanner/1");
  elsewhere_.head(step_, url(token));
  elsewhere_.get(step_, url(token));
  now_ += 1;
  elsewhere_.post(step_, url(token), with("Wr0ngPassword"));
  now_ += 1;
  browser_.get(step_, url(token));
  now_ += 1;
  browser_.get(step_, url(token));
  std::vector<std::string> lines;
  on_database([&](Connection& connection) {
    for (const auto& row : Events(connection).of_registration(registration.id, 9)) {
      lines.push_back(row.name + " " + row.detail);
    }
    return Done{};
  });
  EXPECT_EQ(lines, (std::vector<std::string>{
                       "link_opened activated already, in the browser that registered: Browser/1.0",
                       "link_opened good, in the browser that registered: Browser/1.0",
                       "link_password_wrong attempt 1", "link_opened good, elsewhere: Scanner/1",
                       "ok_pressed "}));
}

TEST_F(ActivateTest, ACancelledRegistrationsLinkIsExpired) {
  const auto registration = sign_up(browser_, judo_form());
  const std::string token = send_link(registration);
  cancel(registration);
  const Response response = browser_.get(step_, url(token));
  EXPECT_EQ(response.status, 410);
  EXPECT_TRUE(shows(response, "リンクの有効期限が切れています"));
  EXPECT_FALSE(shows(response, kResend)) << "nothing is left to send";
  EXPECT_FALSE(shows(response, "再送されます"));
  EXPECT_TRUE(shows(response, "href=\"/register\""));
  EXPECT_EQ(elsewhere_.post(step_, url(token), with(kPassword)).status, 410);
  EXPECT_FALSE(has_account("kikin01@test.example"));
}

// 「心当たりがない」 is pressed after the step has looked at the registration.
// Something happens after the step has looked at the accounts, and before it makes one.
TEST_F(ActivateTest, ElsewhereAsksForThePassword) {
  const std::string token = send_link(sign_up(browser_, judo_form()));
  const Response asked = elsewhere_.get(step_, url(token));
  EXPECT_EQ(asked.status, 200);
  for (const char* text : {"Kikin01@test.example", "みなと整骨院", "契0123456-7-8"}) {
    EXPECT_TRUE(shows(asked, text));
  }
  EXPECT_FALSE(has_account("kikin01@test.example"));
  const Response done = elsewhere_.post(step_, url(token), with(kPassword));
  EXPECT_EQ(done.status, 200);
  EXPECT_TRUE(shows(done, kDone));
  EXPECT_TRUE(has_account("kikin01@test.example"));
}

TEST_F(ActivateTest, AnotherRegistrationsCookieIsElsewhere) {
  const std::string token = send_link(sign_up(browser_, judo_form()));
  sign_up(elsewhere_, ahaki_form());
  EXPECT_FALSE(shows(elsewhere_.get(step_, url(token)), kDone));
  EXPECT_FALSE(has_account("kikin01@test.example"));
}

TEST_F(ActivateTest, HeadChangesNothingEvenInTheSameBrowser) {
  const std::string token = send_link(sign_up(browser_, judo_form()));
  EXPECT_EQ(browser_.head(step_, url(token)).status, 200);
  EXPECT_FALSE(has_account("kikin01@test.example"));
}

TEST_F(ActivateTest, AgainIsTheSameScreenFromAnywhere) {
  const auto registration = sign_up(browser_, judo_form());
  const std::string first = send_link(registration);
  const std::string second = send_link(registration);
  browser_.get(step_, url(first));
  now_ += kDay;
  for (const std::string& token : {first, second}) {
    EXPECT_EQ(browser_.get(step_, url(token)).status, 200);
    EXPECT_TRUE(shows(elsewhere_.get(step_, url(token)), kDone));
    EXPECT_TRUE(shows(elsewhere_.post(step_, url(token), with("wrong")), kDone));
  }
}

// Mail programs take what follows a link for a part of it.
TEST_F(ActivateTest, WhatFollowsTheTokenIsIgnored) {
  const std::string token = send_link(sign_up(browser_, judo_form()));
  for (const auto* tail : {"%E3%80%82", "%3E", "=", "%20", "%EF%BC%89"}) {
    const Response asked = elsewhere_.get(step_, url(token + tail));
    EXPECT_EQ(asked.status, 200) << tail;
    EXPECT_TRUE(shows(asked, "action=\"/activate?token=" + token + "\"")) << tail;
  }
  EXPECT_TRUE(shows(elsewhere_.post(step_, url(token + "%E3%80%82"), with(kPassword)), kDone));
}

TEST_F(ActivateTest, GoodForAnHourFromSending) {
  const auto registration = sign_up(browser_, judo_form());
  now_ += 20 * kHour;  // the mail left late
  const std::string token = send_link(registration);
  now_ += kHour - 1;
  EXPECT_EQ(elsewhere_.get(step_, url(token)).status, 200);
  now_ += 1;
  const Response expired = browser_.get(step_, url(token));
  EXPECT_EQ(expired.status, 410);
  EXPECT_TRUE(shows(expired, "href=\"/register\""));
  EXPECT_TRUE(shows(expired, kResend)) << "this browser can have another mail";
  const Response there = elsewhere_.get(step_, url(token));
  EXPECT_EQ(there.status, 410);
  EXPECT_FALSE(shows(there, kResend));
  EXPECT_TRUE(shows(there, "登録時のパスワードでログインすると再送されます"));
  EXPECT_TRUE(shows(there, "href=\"/login\""));
  EXPECT_TRUE(shows(there, "href=\"/register\""));
  EXPECT_EQ(elsewhere_.post(step_, url(token), with(kPassword)).status, 410);
  EXPECT_FALSE(has_account("kikin01@test.example"));
}

TEST_F(ActivateTest, NewSendingAddsALinkAndTakesNoneBack) {
  const auto registration = sign_up(browser_, judo_form());
  const std::string first = send_link(registration);
  now_ += 30 * kMinute;
  send_link(registration);
  EXPECT_TRUE(shows(browser_.get(step_, url(first)), kDone));
}

TEST_F(ActivateTest, UnknownOrMangledIs404) {
  const std::string token = send_link(sign_up(browser_, judo_form()));
  for (const std::string& other :
       {draw_token(), std::string(), std::string("x"), "A" + token, token.substr(1)}) {
    const Response response = browser_.get(step_, url(other));
    EXPECT_EQ(response.status, 404) << other;
    EXPECT_TRUE(shows(response, "href=\"/register\""));
    EXPECT_EQ(browser_.post(step_, url(other), with(kPassword)).status, 404) << other;
  }
  EXPECT_EQ(browser_.get(step_, "/activate").status, 404);
}

TEST_F(ActivateTest, FiveWrongPasswordsEndTheLink) {
  const auto registration = sign_up(browser_, judo_form());
  const std::string token = send_link(registration);
  for (int left = 4; left >= 0; --left) {
    const Response response = elsewhere_.post(step_, url(token), with("Wrong0ne!"));
    EXPECT_EQ(response.status, 422) << left;
    if (left > 0) {
      EXPECT_TRUE(shows(response, std::to_string(left) + "回"));
    }
  }
  Browser third{site_};
  for (const Response& response :
       {elsewhere_.post(step_, url(token), with(kPassword)), elsewhere_.get(step_, url(token)),
        third.get(step_, url(token)), third.post(step_, url(token), with(kPassword)),
        browser_.get(step_, url(token))}) {
    EXPECT_EQ(response.status, 410);
    EXPECT_TRUE(shows(response, "5回まちがえたため")) << "and not that its hour is over";
    EXPECT_FALSE(shows(response, kResend));
    EXPECT_FALSE(shows(response, "name=\"password\"")) << "there is nothing to try";
  }
  now_ += kHour;
  EXPECT_TRUE(shows(third.get(step_, url(token)), "5回まちがえたため")) << "later too";
  EXPECT_FALSE(has_account("kikin01@test.example"));
  EXPECT_TRUE(shows(browser_.get(step_, url(send_link(registration))), kDone))
      << "a new link works";
}

TEST_F(ActivateTest, WhoGetsA503HasEnteredNoWrongPassword) {
  const auto registration = sign_up(browser_, judo_form());
  const std::string token = send_link(registration);
  ActivateStep without_memory(
      site_, [](std::string_view, std::string_view) -> bool { throw std::bad_alloc(); });
  for (int i = 0; i < 2 * kLinkAttempts; ++i) {
    EXPECT_EQ(elsewhere_.post(without_memory, url(token), with(kPassword)).status, 503);
  }
  EXPECT_TRUE(shows(elsewhere_.post(step_, url(token), with("Wrong0ne!")),
                    std::to_string(kLinkAttempts - 1) + "回"));
  EXPECT_TRUE(shows(elsewhere_.post(step_, url(token), with(kPassword)), kDone));
}

// Each link has five of its own; the right password is no wrong one, and a look is no try.
TEST_F(ActivateTest, WrongPasswordsCountForOneLink) {
  const auto registration = sign_up(browser_, judo_form());
  const std::string token = send_link(registration);
  const std::string other = send_link(registration);
  for (int i = 0; i < 4; ++i) elsewhere_.post(step_, url(token), with("Wrong0ne!"));
  for (int i = 0; i < 9; ++i) EXPECT_EQ(elsewhere_.get(step_, url(token)).status, 200);
  EXPECT_TRUE(shows(elsewhere_.post(step_, url(other), with("Wrong0ne!")), "あと4回"));
  EXPECT_TRUE(shows(elsewhere_.post(step_, url(token), with(kPassword)), kDone))
      << "the fifth is the right one";
}

// From the moment when nothing is left that another mail could help.
TEST_F(ActivateTest, WhoseRegistrationHasEndedStartsAnew) {
  const auto registration = sign_up(browser_, judo_form());
  const std::string token = send_link(registration);
  now_ = registration.expires_at - 1;
  EXPECT_TRUE(shows(browser_.get(step_, url(token)), kResend));
  now_ = registration.expires_at;
  expect_over(browser_, token);
}

TEST_F(ActivateTest, DatabaseAwayIs503) {
  const std::string token = send_link(sign_up(browser_, judo_form()));
  lose_database();
  EXPECT_EQ(browser_.get(step_, url(token)).status, 503);
  EXPECT_EQ(elsewhere_.post(step_, url(token), with(kPassword)).status, 503);
}

TEST_F(ActivateTest, CompleteScreenSaysDoneAfterwards) {
  CompleteStep complete(site_);
  const std::string token = send_link(sign_up(browser_, judo_form()));
  browser_.get(step_, url(token));
  EXPECT_TRUE(shows(browser_.get(complete, "/register/complete"), kDone));
}

}  // namespace
}  // namespace portal::testing_portal
