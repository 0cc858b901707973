// The complete step: one draft, one registration, one mail.
#include "complete/complete.h"

#include <thread>

#include "core/database/engine/connection.h"
#include "core/journal/timeline.h"
#include "core/registration/application.h"
#include "core/security/token.h"
#include "form/form.h"
#include "steps/portal.h"

namespace portal::testing_portal {
namespace {

class CompleteTest : public PortalTest {
 protected:
  std::vector<OutboxRow> mails() {
    return on_database(
        [&](Connection& connection) { return Outbox(connection).lease("test", now_, 1, 100); });
  }
  // What became of the newest mail.
  template <class F>
  void settle(const F& mark) {
    const auto mail = mails();
    ASSERT_FALSE(mail.empty());
    EXPECT_TRUE(on_database([&](Connection& connection) {
      Outbox outbox(connection);
      return mark(outbox, mail.back().id);
    }));
  }
  void come_back() {
    settle([&](Outbox& o, const std::string& id) { return o.mark_sent(id, "test", now_, "250"); });
    on_database([&](Connection& connection) {
      Outbox outbox(connection);
      for (const auto& mail : outbox.list({})) outbox.mark_bounced(mail.id, now_, "5.1.1 unknown");
      return Done{};
    });
  }
  FormStep form_{site_};
  CompleteStep step_{site_};
  Browser browser_{site_};
};

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
}

TEST_F(CompleteTest, ClinicTakenMeanwhileIsTold) {
  browser_.post(form_, "/register", judo_form());
  on_database([](Connection& connection) { return Accounts(connection).add(an_account("a")); });
  const Response response = browser_.post(step_, "/register/complete", {});
  EXPECT_EQ(response.status, 409);
  EXPECT_TRUE(shows(response, fact("TELEPHONE")));
  EXPECT_TRUE(mails().empty());
}

TEST_F(CompleteTest, AddressWithAnAccountLooksTheSame) {
  on_database([](Connection& connection) {
    return Accounts(connection).add(an_account("a", "kikin01@test.example", "01234567-8-9"));
  });
  sign_up(browser_, judo_form());
  EXPECT_TRUE(shows(browser_.get(step_, "/register/complete"), "Kikin01@test.example"));
  EXPECT_EQ(mails().size(), 1U);
}

constexpr auto kUndelivered = "メールを届けられませんでした";

TEST_F(CompleteTest, AMailThatCameBackIsTold) {
  sign_up(browser_, judo_form());
  come_back();
  const Response screen = browser_.get(step_, "/register/complete");
  EXPECT_EQ(screen.status, 200);
  EXPECT_TRUE(shows(screen, kUndelivered));
  EXPECT_TRUE(shows(screen, "Kikin01@test.example"));
  EXPECT_TRUE(shows(screen, "href=\"/register?correct=email\""));
  EXPECT_TRUE(shows(screen, "action=\"/register/resend\""));
  EXPECT_FALSE(shows(screen, "5.1.1"));
}

TEST_F(CompleteTest, AMailThatTheServerRefusedIsTold) {
  sign_up(browser_, judo_form());
  settle([&](Outbox& o, const std::string& id) { return o.mark_failed(id, "test", now_, "550"); });
  EXPECT_TRUE(shows(browser_.get(step_, "/register/complete"), kUndelivered));
}

// The reason, and what to do about it first.
TEST_F(CompleteTest, AnUndeliveredMailsScreenSaysWhyAndWhatToDo) {
  struct Case {
    const char* label;
    const char* address;
    MailFault fault;
    std::vector<const char*> shown, not_shown;
    bool correct_first;
  };
  const char* const correct = "<h2>メールアドレスに誤りがあるとき</h2>";
  const char* const other = "<h2>別のメールアドレスをお使いになるとき</h2>";
  for (const Case& c : std::vector<Case>{
           {"unknown user",
            "kikin01@test.example",
            MailFault::kUnknownUser,
            {"使われていない", "お使いのメールの会社"},
            {"携帯電話会社", "受信箱がいっぱい</strong>"},
            true},
           {"docomo",
            "kikin01@docomo.ne.jp",
            MailFault::kUnknownUser,
            {"携帯電話会社から", "ドコモの受信設定", "受信リスト／拒否リスト設定", "151"},
            {"使われていない", "お使いのメールの会社"},
            true},
           {"au",
            "kikin01@ezweb.ne.jp",
            MailFault::kUnknownUser,
            {"携帯電話会社から", "auショップ"},
            {"使われていない"},
            true},
           {"SoftBank",
            "kikin01@i.softbank.jp",
            MailFault::kUnknownUser,
            {"使われていない", "My SoftBank"},
            {"携帯電話会社から"},
            true},
           {"domain",
            "kikin01@tset.example",
            MailFault::kUnknownDomain,
            {"「<strong>tset.example</strong>」に"},
            {"使われていない"},
            true},
           {"full",
            "kikin01@test.example",
            MailFault::kMailboxFull,
            {"受信箱がいっぱい</strong>", "空きをつくってから"},
            {"誤りがあるかも", "受信リスト"},
            false},
           {"filter",
            "kikin01@test.example",
            MailFault::kRecipientFilter,
            {"受信設定により受け取らない", "お使いのメールの会社"},
            {"誤りがあるかも"},
            false},
           {"filter of Y!mobile",
            "kikin01@ymobile.ne.jp",
            MailFault::kRecipientFilter,
            {"受信設定により受け取らない", "ワイモバイルの受信設定"},
            {"誤りがあるかも"},
            false},
           {"unclear",
            "kikin01@test.example",
            MailFault::kUnclear,
            {"理由を知らせてきませんでした"},
            {"使われていない"},
            true}}) {
    Browser browser{site_};
    Form form = judo_form();
    form.set("email", c.address);
    sign_up(browser, form);
    settle([&](Outbox& o, const std::string& id) {
      return o.mark_failed(id, "test", now_, "550", c.fault);
    });
    const Response screen = browser.get(step_, "/register/complete");
    EXPECT_TRUE(shows(screen, kUndelivered)) << c.label;
    EXPECT_TRUE(shows(screen, c.address)) << c.label;
    for (const char* words : c.shown) EXPECT_TRUE(shows(screen, words)) << c.label << words;
    for (const char* words : c.not_shown) EXPECT_FALSE(shows(screen, words)) << c.label << words;
    EXPECT_EQ(shows(screen, correct), c.correct_first) << c.label;
    EXPECT_EQ(shows(screen, other), !c.correct_first) << c.label;
    EXPECT_FALSE(shows(screen, "550")) << c.label;
    now_ += kMinute;
  }
}

TEST_F(CompleteTest, AFullMailboxIsToldWhileTheMailIsStillTried) {
  sign_up(browser_, judo_form());
  settle([&](Outbox& o, const std::string& id) {
    return o.put_back(id, "test", now_ + kHour, "552", MailFault::kMailboxFull);
  });
  const Response screen = browser_.get(step_, "/register/complete");
  EXPECT_TRUE(shows(screen, kUndelivered));
  EXPECT_TRUE(shows(screen, "自動でもう一度お送りします"));
}

TEST_F(CompleteTest, AFaultOfOursSaysNothingOfTheAddress) {
  constexpr auto kLate = "ただいま、メールの送信に時間がかかっています。";
  sign_up(browser_, judo_form());
  const Response before = browser_.get(step_, "/register/complete");
  EXPECT_FALSE(shows(before, kLate));
  settle([&](Outbox& o, const std::string& id) {
    return o.put_back_blocked(id, "test", now_, "554 identity not verified");
  });
  const Response blocked = browser_.get(step_, "/register/complete");
  EXPECT_FALSE(shows(blocked, kUndelivered));
  EXPECT_TRUE(shows(blocked, "メールをお送りしております。"));
  EXPECT_TRUE(shows(blocked, kLate));
  EXPECT_TRUE(shows(before, "メールアドレスの入力に誤りがある"));
  EXPECT_FALSE(shows(blocked, "誤り"));
  settle([&](Outbox& o, const std::string& id) {
    return o.put_back(id, "test", now_, "450 wait", MailFault::kUnclear);
  });
  EXPECT_EQ(browser_.get(step_, "/register/complete").body, before.body);
  // Not tried yet, but nothing leaves now.
  on_database([&](Connection& c) {
    MailPauses(c).pause(now_, now_ + kMinute, "554 identity not verified");
    return Done{};
  });
  EXPECT_TRUE(shows(browser_.get(step_, "/register/complete"), kLate));
  settle([&](Outbox& o, const std::string& id) { return o.mark_sent(id, "test", now_, "250"); });
  EXPECT_EQ(browser_.get(step_, "/register/complete").body, before.body);
}

TEST_F(CompleteTest, WhatWeCouldNotSendIsNotTheReadersFault) {
  for (const MailFault fault : {MailFault::kOurs, MailFault::kContent, MailFault::kTooBig}) {
    Browser browser{site_};
    sign_up(browser, judo_form());
    settle([&](Outbox& o, const std::string& id) {
      return o.mark_failed(id, "test", now_, "554", fault);
    });
    const Response screen = browser.get(step_, "/register/complete");
    EXPECT_FALSE(shows(screen, kUndelivered)) << name_of(fault);
    EXPECT_TRUE(shows(screen, "ポータルサイト側の都合により")) << name_of(fault);
    EXPECT_FALSE(shows(screen, "誤り")) << name_of(fault);
    now_ += kMinute;
  }
}

TEST_F(CompleteTest, ACarriersCustomerReadsWhereTheSettingIs) {
  Form form = judo_form();
  form.set("email", "kikin01@i.softbank.jp");
  sign_up(browser_, form);
  const Response screen = browser_.get(step_, "/register/complete");
  EXPECT_FALSE(shows(screen, kUndelivered));
  EXPECT_TRUE(shows(screen, "「My SoftBank」の「メール設定」"));
}

TEST_F(CompleteTest, AMailThatIsOnItsWayOrWithheldLooksAsAlways) {
  using Mark = std::function<bool(Outbox&, const std::string&)>;
  const std::pair<const char*, Mark> marks[] = {
      {"waiting", [&](Outbox& o, auto& id) { return o.put_back(id, "test", now_, "451 wait"); }},
      {"held", [&](Outbox& o, auto& id) { return o.hold(id, "test", now_, "too many"); }},
      {"withheld", [&](Outbox& o, auto& id) { return o.mark_withheld(id, "test", now_, "limit"); }},
      {"sent", [&](Outbox& o, auto& id) { return o.mark_sent(id, "test", now_, "250"); }}};
  for (const auto& [label, mark] : marks) {
    Browser browser{site_};
    sign_up(browser, judo_form());
    const Response before = browser.get(step_, "/register/complete");
    settle(mark);
    EXPECT_EQ(browser.get(step_, "/register/complete").body, before.body) << label;
    now_ += kMinute;
  }
}

TEST_F(CompleteTest, WhatCameBackLooksTheSameWhetherOrNotThereIsAnAccount) {
  sign_up(browser_, judo_form());
  come_back();
  const Response without = browser_.get(step_, "/register/complete");
  on_database([](Connection& connection) {
    return Accounts(connection).add(an_account("a", "kikin01@test.example", "01234567-8-9"));
  });
  EXPECT_EQ(browser_.get(step_, "/register/complete").body, without.body);
}

TEST_F(CompleteTest, AfterAMailCameBackItCanBeSentAgain) {
  sign_up(browser_, judo_form());
  come_back();
  now_ += 20;
  const Response early = browser_.post(step_, "/register/resend", {});
  EXPECT_EQ(early.status, 429);
  EXPECT_TRUE(shows(early, kUndelivered));
  EXPECT_TRUE(shows(early, "<span>40</span>"));
  now_ += 41;
  const Response later = browser_.post(step_, "/register/resend", {});
  EXPECT_EQ(header(later, "Location"), "/register/complete?resent=1");
  EXPECT_FALSE(shows(browser_.get(step_, "/register/complete"), kUndelivered));
}

TEST_F(CompleteTest, ScreenWithoutDatabaseIs503) {
  sign_up(browser_, judo_form());
  lose_database();
  EXPECT_EQ(browser_.get(step_, "/register/complete").status, 503);
}

TEST_F(CompleteTest, ResendWaitsForNoTimeOfAClockThatWasSetBack) {
  sign_up(browser_, judo_form());
  now_ -= kHour;
  const Response again = browser_.post(step_, "/register/resend", {});
  EXPECT_EQ(header(again, "Location"), "/register/complete?resent=1");
}

TEST_F(CompleteTest, ResendWaitsAMinute) {
  sign_up(browser_, judo_form());
  now_ += 20;
  const Response early = browser_.post(step_, "/register/resend", {});
  EXPECT_EQ(early.status, 429);
  EXPECT_EQ(header(early, "Retry-After"), "40");
  EXPECT_TRUE(shows(early, "40"));
  EXPECT_EQ(mails().size(), 1U);
  now_ += 41;
  const Response later = browser_.post(step_, "/register/resend", {});
  EXPECT_EQ(header(later, "Location"), "/register/complete?resent=1");
  EXPECT_EQ(mails().size(), 2U);
  EXPECT_EQ(browser_.get(step_, "/register/resend").status, 405);
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

TEST_F(CompleteTest, DatabaseAwayChangesNothing) {
  browser_.post(form_, "/register", judo_form());
  lose_database();
  const Response response = browser_.post(step_, "/register/complete", {});
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(browser_.cookies().count("signup"), 0U);
}

}  // namespace
}  // namespace portal::testing_portal
