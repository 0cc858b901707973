// The screen after OK: what it says of the mail, and the mail again.
#include "steps/complete_portal.h"

namespace portal::testing_portal {
namespace {

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

TEST_F(CompleteTest, WhatIsActivatedIsNotSentAgain) {
  const Registration registration = sign_up(browser_, judo_form());
  on_database([&](Connection& connection) {
    return Registrations(connection).mark_activated(registration.id, registration.email, now_);
  });
  now_ += kDay;  // no cool-down is in the way
  const Response again = browser_.post(step_, "/register/resend", {});
  EXPECT_EQ(again.status, 303);
  EXPECT_EQ(header(again, "Location"), "/register/complete") << "which says that it is done";
  EXPECT_EQ(count("outbox"), 1);
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

}  // namespace
}  // namespace portal::testing_portal
