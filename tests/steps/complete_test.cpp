// The complete step: one draft, one registration, one mail.
#include <thread>

#include "core/base/japan_time.h"
#include "core/journal/timeline.h"
#include "core/registration/application.h"
#include "core/registration/policy.h"
#include "core/security/token.h"
#include "steps/complete_portal.h"

namespace portal::testing_portal {
namespace {

TEST_F(CompleteTest, MakesAPendingRegistrationAndItsMail) {
  const Registration registration = sign_up(browser_, judo_form());
  EXPECT_FALSE(registration.activated());
  EXPECT_EQ(registration.number.text(), "契0123456-7-8");
  EXPECT_EQ(registration.email, "Kikin01@test.example");
  EXPECT_EQ(registration.email_key, "kikin01@test.example");
  const std::string hash = password_hash_of(registration.id);
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=64,t=2,p=1$")) << hash;
  const auto mail = mails();
  ASSERT_EQ(mail.size(), 1U);
  EXPECT_EQ(mail[0].registration_id, registration.id);
  EXPECT_EQ(mail[0].recipient, "Kikin01@test.example");
  const Response screen = browser_.get(step_, "/register/complete");
  EXPECT_EQ(screen.status, 200);
  EXPECT_TRUE(shows(screen, "ご登録いただいたメールアドレス宛に、ユーザー登録の有効化リンクを"));
  EXPECT_TRUE(shows(screen, "Kikin01@test.example"));
  EXPECT_TRUE(shows(screen, "portal.example.jp"));
}

TEST_F(CompleteTest, AMailOfAnUnknownClientCountsForNoNetwork) {
  browser_.move_to("");
  sign_up(browser_, judo_form());
  const auto queued = mails();
  ASSERT_EQ(queued.size(), 1U);
  EXPECT_EQ(queued[0].network, "");
}

// In a flood of the address, what says the same is not sent again: the screen says when it was
// asked for, and promises nothing.
TEST_F(CompleteTest, SaysWhenAMailWasAskedForInsteadOfDoublingIt) {
  sign_up(browser_, judo_form());
  settle([&](Outbox& o, const std::string& id) { return o.mark_sent(id, "test", now_, "250"); });
  now_ += 90;
  EXPECT_EQ(browser_.post(step_, "/register/resend", {}).status, 303);
  const std::string screen = "/register/complete?resent=1";
  EXPECT_TRUE(shows(browser_.get(step_, screen), "もう一度お送りしました"));
  settle([&](Outbox& o, const std::string& id) {
    o.note(id, {"", std::string(name_of(MailObstacle::kAddressEnough))});
    return o.mark_withheld(id, "test", now_, "enough");
  });
  const Response response = browser_.get(step_, screen);
  EXPECT_TRUE(
      shows(response, "<strong>" + japan_time(now_ - 90) + "</strong>にお申し込みのメール"));
  EXPECT_FALSE(shows(response, "もう一度お送りしました"));
}

TEST_F(CompleteTest, NotesTheOKOnceWithTheClinic) {
  const Registration registration = sign_up(browser_, judo_form());
  browser_.post(step_, "/register/complete", {});
  const auto owner = event_owner("", registration.number.text(), "");
  auto rows = on_database([&](Connection& connection) { return Events(connection).of(owner, 9); });
  std::erase_if(rows, [](const EventRow& row) { return row.name != "ok_pressed"; });
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].at, now_);
  EXPECT_EQ(rows[0].registration_id, registration.id);
  EXPECT_EQ(rows[0].email_hash, event_owner(registration.email_key, "", "").email_hash);
}

TEST_F(CompleteTest, IsInTheAuditOnce) {
  const Registration registration = sign_up(browser_, judo_form());
  browser_.post(step_, "/register/complete", {});
  const auto rows = on_database([](Connection& connection) { return Audit(connection).list({}); });
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].event, "registered");
  EXPECT_EQ(rows[0].account_id, registration.id);
  EXPECT_EQ(rows[0].at, now_);
  EXPECT_EQ(rows[0].detail, "");
}

TEST_F(CompleteTest, DraftIsGoneAfterwards) {
  browser_.post(form_, "/register", judo_form());
  const std::string id = token_hash(browser_.cookies().at("draft"));
  browser_.post(step_, "/register/complete", {});
  EXPECT_FALSE(on_database(
      [&](Connection& connection) { return Drafts(connection).find(id, now_).has_value(); }));
}

TEST_F(CompleteTest, SecondPostGivesTheSameScreenAndNothingElse) {
  const Registration first = sign_up(browser_, judo_form());
  const Response second = browser_.post(step_, "/register/complete", {});
  EXPECT_EQ(second.status, 303);
  EXPECT_EQ(header(second, "Location"), "/register/complete");
  EXPECT_EQ(mails().size(), 1U);
  EXPECT_TRUE(shows(browser_.get(step_, "/register/complete"), first.email));
}

TEST_F(CompleteTest, TheCookieThatLeadsOnIsTheLastOfAnAnswer) {
  const Response draft = browser_.post(form_, "/register", judo_form());
  EXPECT_TRUE(last_cookie(draft).starts_with("draft=")) << last_cookie(draft);
  for (int click = 0; click < 2; ++click) {
    const Response signup = browser_.post(step_, "/register/complete", {});
    EXPECT_TRUE(last_cookie(signup).starts_with("signup=")) << last_cookie(signup);
  }
  EXPECT_FALSE(browser_.cookies().contains("entered")) << "what was completed leaves no marker";
}

TEST_F(CompleteTest, LostAnswerIsMadeGoodByTheNextClick) {
  sign_up(browser_, judo_form());
  const std::string signup = browser_.cookies().at("signup");
  browser_.forget("signup");
  browser_.post(step_, "/register/complete", {});
  EXPECT_EQ(browser_.cookies().at("signup"), signup);
}

TEST_F(CompleteTest, EightClicksAtOnceMakeOneRegistration) {
  browser_.post(form_, "/register", judo_form());
  {
    std::vector<std::jthread> clicks;
    for (int i = 0; i < 8; ++i) {
      clicks.emplace_back([this, browser = browser_]() mutable {
        const Response response = browser.post(step_, "/register/complete", {});
        EXPECT_EQ(response.status, 303);
        EXPECT_EQ(header(response, "Location"), "/register/complete");
        EXPECT_EQ(browser.cookies().count("signup"), 1U);
      });
    }
  }
  EXPECT_EQ(mails().size(), 1U);
}

TEST_F(CompleteTest, AnotherTabsDraftIsNotCompletedUnseen) {
  browser_.post(form_, "/register", judo_form());
  Form shown;
  shown.set("draft", token_hash(browser_.cookies().at("draft")));
  browser_.post(form_, "/register", ahaki_form());
  const Response response = browser_.post(step_, "/register/complete", shown);
  EXPECT_EQ(header(response, "Location"), "/register/confirm?changed=1");
  EXPECT_TRUE(mails().empty());
}

TEST_F(CompleteTest, WithoutDraftBackToTheFormWhichSaysSo) {
  for (const auto& response :
       {browser_.post(step_, "/register/complete", {}), browser_.get(step_, "/register/complete"),
        browser_.post(step_, "/register/resend", {})}) {
    EXPECT_EQ(response.status, 303);
    EXPECT_EQ(header(response, "Location"), "/register?draft=none");
  }
}

TEST_F(CompleteTest, ClinicGoneMeanwhileLeadsToTheFilledInForm) {
  browser_.post(form_, "/register", judo_form());
  on_database(
      [](Connection& connection) { return connection.execute("DELETE FROM roster_version", {}); });
  const Response response = browser_.post(step_, "/register/complete", {});
  EXPECT_EQ(response.status, 409);
  EXPECT_TRUE(shows(response, "<a class=\"button\" href=\"/register\">登録フォームへ</a>"));
  EXPECT_TRUE(shows(browser_.get(form_, "/register"), "value=\"Kikin01@test.example\""));
  expect_nothing_made();
}

TEST_F(CompleteTest, ClinicClosedMeanwhileIsNotRegistered) {
  browser_.post(form_, "/register", judo_form());
  close_clinic("契0123456-7-8");
  EXPECT_EQ(browser_.post(step_, "/register/complete", {}).status, 409);
  expect_nothing_made();
}

TEST_F(CompleteTest, ClinicTakenMeanwhileIsTold) {
  browser_.post(form_, "/register", judo_form());
  on_database([](Connection& connection) { return Accounts(connection).add(an_account("a")); });
  const Response response = browser_.post(step_, "/register/complete", {});
  EXPECT_EQ(response.status, 409);
  EXPECT_TRUE(shows(response, fact("TELEPHONE")));
  expect_nothing_made();
}

// Its mail may leave late, and the link is good for an hour from then.
TEST_F(CompleteTest, ARegistrationLivesAsLongAsItsMailMayBeTried) {
  EXPECT_EQ(sign_up(browser_, judo_form()).expires_at, now_ + kRegistrationLifetime);
  EXPECT_EQ(kRegistrationLifetime, 26 * kHour);
}

TEST_F(CompleteTest, AddressWithAnAccountLooksTheSame) {
  on_database([](Connection& connection) {
    return Accounts(connection).add(an_account("a", "kikin01@test.example", "01234567-8-9"));
  });
  sign_up(browser_, judo_form());
  EXPECT_TRUE(shows(browser_.get(step_, "/register/complete"), "Kikin01@test.example"));
  EXPECT_EQ(mails().size(), 1U);
}

// What the confirmation screen sends with OK.
Form sent_along(const Form& entered) {
  Form form = fields_of(static_cast<const Applicant&>(*application_of(entered)));
  form.set("draft", "x");
  return form;
}

TEST_F(CompleteTest, OkAfterTheDraftsTimeLeadsToTheFilledInForm) {
  browser_.post(form_, "/register", judo_form());
  now_ += kHour;
  const Response ok = browser_.post(step_, "/register/complete", sent_along(judo_form()));
  EXPECT_EQ(ok.status, 303);
  EXPECT_EQ(header(ok, "Location"), "/register");
  const Response form = browser_.get(form_, "/register");
  EXPECT_TRUE(shows(form, "時間が過ぎました。まだ登録されていません"));
  for (const char* text : {"髙﨑", "太郎", "0123456", "01201234567", "Kikin01@test.example"}) {
    EXPECT_TRUE(shows(form, "value=\"" + std::string(text) + "\""));
  }
  EXPECT_TRUE(shows(form, "パスワードは、もう一度ご入力ください。"));
  EXPECT_FALSE(shows(form, kPassword));
  EXPECT_TRUE(mails().empty());

  Form again = judo_form();
  EXPECT_EQ(browser_.post(form_, "/register", again).status, 303);
  EXPECT_EQ(header(browser_.post(step_, "/register/complete", {}), "Location"),
            "/register/complete");
  EXPECT_EQ(mails().size(), 1U);
}

TEST_F(CompleteTest, ADraftWithoutPasswordCannotBeCompleted) {
  browser_.post(form_, "/register", judo_form());
  now_ += kHour;
  browser_.post(step_, "/register/complete", sent_along(judo_form()));
  browser_.post(step_, "/register/complete", {});
  EXPECT_TRUE(mails().empty());
  EXPECT_EQ(browser_.post(form_, "/register", sent_along(judo_form())).status, 422);
}

TEST_F(CompleteTest, OkWithNothingSentAlongLeadsToTheFormThatSaysWhy) {
  browser_.post(form_, "/register", judo_form());
  now_ += kHour;
  Form garbage;
  garbage.set("institution", "judo");
  garbage.set("family_name", std::string(200, 'x'));
  for (const Form& sent : {Form(), garbage}) {
    EXPECT_EQ(header(browser_.post(step_, "/register/complete", sent), "Location"), "/register");
    EXPECT_EQ(browser_.cookies().count("draft"), 0U) << "nothing is stored for it";
    EXPECT_TRUE(
        shows(browser_.get(form_, "/register"), "時間が過ぎました。まだ登録されていません"));
  }
}

TEST_F(CompleteTest, ADraftThatWaitsForOkIsShownBeforeAnOlderRegistration) {
  browser_.post(form_, "/register", judo_form());
  EXPECT_EQ(header(browser_.get(step_, "/register/complete"), "Location"), "/register/confirm");
  browser_.post(step_, "/register/complete", {});
  EXPECT_EQ(browser_.get(step_, "/register/complete").status, 200);
  browser_.post(form_, "/register", ahaki_form());
  EXPECT_EQ(header(browser_.get(step_, "/register/complete"), "Location"), "/register/confirm");
}

TEST_F(CompleteTest, AMistypedAddressLeadsToTheFormWithTheFocusOnIt) {
  sign_up(browser_, judo_form());
  EXPECT_TRUE(shows(browser_.get(step_, "/register/complete"),
                    "<a href=\"/register?correct=email\">修正して登録しなおす</a>"));
}

TEST_F(CompleteTest, ThePageOfWhoIsToComeAgainHasAnOKOfItsOwn) {
  const Form form = judo_form();
  Request request;
  request.method = Method::kPost;
  request.path = "/register/complete";
  request.id = "0123456789abcdef0123456789abcdef";
  request.come_again = 4;
  request.form = form;  // with a password, which no page of ours sends
  request.form.set("draft", "ID");
  const auto page = step_.unavailable_page(request);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->status, 503);
  EXPECT_TRUE(shows(*page, "<form method=\"post\" action=\"/register/complete?again\">"));
  EXPECT_TRUE(shows(*page, "<input type=\"hidden\" name=\"draft\" value=\"ID\">"));
  EXPECT_TRUE(shows(*page, "<input type=\"hidden\" name=\"email\" value=\"" +
                               std::string(form.get("email")) + "\">"));
  EXPECT_TRUE(shows(*page, "<strong>4秒ほど</strong>"));
  EXPECT_TRUE(shows(*page, "<code>0123-4567</code>"));
  EXPECT_FALSE(shows(*page, std::string(form.get("password"))));
  request.path = "/register/resend";
  EXPECT_FALSE(step_.unavailable_page(request)) << "there is no OK to press again";
}

TEST_F(CompleteTest, AnOKThatComesAgainIsAnOK) {
  browser_.post(form_, "/register", judo_form());
  EXPECT_EQ(header(browser_.post(step_, "/register/complete?again", {}), "Location"),
            "/register/complete");
  EXPECT_EQ(count("registration"), 1);
}

TEST_F(CompleteTest, DatabaseAwayChangesNothing) {
  browser_.post(form_, "/register", judo_form());
  lose_database();
  const Response response = browser_.post(step_, "/register/complete", {});
  EXPECT_EQ(response.status, 503);
  EXPECT_TRUE(shows(response, "<button>OK</button>"));
  EXPECT_EQ(browser_.cookies().count("signup"), 0U);
}

}  // namespace
}  // namespace portal::testing_portal
