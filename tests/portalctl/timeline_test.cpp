// portalctl timeline: from what the steps and the mailer have written down to what the call centre
// reads.
#include <functional>

#include "core/database/engine/connection.h"
#include "core/journal/audit.h"
#include "core/journal/timeline.h"
#include "core/responder/errors_shown.h"
#include "migrated_portal.h"

namespace portalctl_test {
namespace {

using namespace portal;

constexpr const char* kAddress = "hanako@example.jp";
constexpr const char* kNumber = "01234567-8-9";
constexpr const char* kPhone = "0312345678";

class Timeline : public MigratedPortal {
 protected:
  void SetUp() override {
    MigratedPortal::SetUp();
    request_.id = "request-1";
    request_.client = Client("192.0.2.1");
  }

  void note_form(TimelineEvent event, EpochSeconds at, std::string_view detail = "") {
    on([&](Connection& c) {
      record_timeline_event(c, request_, at,
                            {.event = event,
                             .email_key = kAddress,
                             .number = kNumber,
                             .phone = kPhone,
                             .detail = detail});
    });
  }
  void note_ok(EpochSeconds at) {
    on([&](Connection& c) {
      record_timeline_event(c, request_, at,
                            {.event = TimelineEvent::kOkPressed,
                             .email_key = kAddress,
                             .number = kNumber,
                             .phone = kPhone,
                             .registration = "r"});
    });
  }
  void register_person(EpochSeconds at) {
    Registration row;
    row.id = "r";
    row.draft_id = "d";
    row.signup_hash = "s";
    row.number = a_number(kNumber);
    row.phone = kPhone;
    row.email = "Hanako@example.jp";
    row.email_key = kAddress;
    row.created_at = at;
    row.expires_at = at + kDay;
    OutboxRow mail;
    mail.id = "m";
    mail.kind = "activation";
    mail.registration_id = "r";
    mail.recipient = row.email;
    mail.created_at = at;
    mail.next_attempt_at = at;
    on([&](Connection& c) {
      Registrations(c).add(row);
      Outbox(c).add(mail);
      record_audit_event(c, request_, at, AuditEvent::kRegistered, "r");
    });
  }
  // The mailer's doing with the mail at that time.
  void mailer(EpochSeconds at, const std::string& outcome, const std::string& reply,
              const std::function<bool(Outbox&)>& mark) {
    on([&](Connection& c) {
      Outbox outbox(c);
      outbox.lease("mailer", at, kHour, 9);
      EXPECT_TRUE(mark(outbox)) << outcome;
      const std::string letter = outcome == "withheld" ? "" : "activation";
      outbox.note("m", {.letter = letter, .obstacle = ""});
      MailAttempts(c).add(outcome + std::to_string(at), {"m", at, outcome, reply, "", letter});
      if (!letter.empty()) {
        ActivationLinks(c).add({"link" + outcome + std::to_string(at), "r", at, 0});
      }
    });
  }
  void activate(EpochSeconds at) {
    Account account;
    account.id = "r";
    account.number = a_number(kNumber);
    account.phone = kPhone;
    account.email = "Hanako@example.jp";
    account.email_key = kAddress;
    account.created_at = at;
    on([&](Connection& c) {
      Accounts(c).add(account);
      Registrations(c).mark_activated("r", at);
      record_audit_event(c, request_, at, AuditEvent::kActivated, "r");
    });
  }
  void expect_short(std::string_view words) {
    for (const char* who :
         {kAddress, "HANAKO@EXAMPLE.JP", kNumber, "０１２３４５６７８９", "03-1234-5678"}) {
      const auto ran = run(std::string("timeline ") + who);
      EXPECT_EQ(ran.status, 0) << who << ran.error;
      expect_has(ran.out.substr(ran.out.rfind("\n\n") + 2), words);
    }
  }

  Request request_;
  EpochSeconds now_ = system_now();
};

// What an error page shows is read out over the telephone, and typed in as it was heard.
TEST_F(Timeline, IsFoundByTheNumberOfARequest) {
  const EpochSeconds then = 1'700'000'000;
  request_.id = "0123456789abcdef0123456789abcdef";
  note_form(TimelineEvent::kFormRefused, then, "phone_format");
  request_.id = "1a2b3c4dffffffffffffffffffffffff";
  note_form(TimelineEvent::kFormAccepted, then + 60);
  register_person(then + 70);
  for (const char* number : {"1a2b-3c4d", "1A2B 3C4D", "１ａ２ｂ－３ｃ４ｄ", "1a2b3c4d",
                             "1a2b3c4dffffffffffffffffffffffff"}) {
    const auto ran = run("timeline '" + std::string(number) + "'");
    EXPECT_EQ(ran.status, 0) << number << ran.error;
    expect_has(ran.out, "form_accepted");
    EXPECT_NE(ran.out.find("確認画面  <- 1a2b3c4d"), std::string::npos) << ran.out;
    expect_has(ran.out, "phone_format");  // the same person
    expect_has(ran.out, "registered ");
  }
  const auto other = run("timeline 0123-4567");
  EXPECT_NE(other.out.find("phone_format  <- 01234567"), std::string::npos) << other.out;
}

TEST_F(Timeline, SaysWhereElseTheNumberOfARequestIsFound) {
  const auto ran = run("timeline 9999-aaaa");
  EXPECT_EQ(ran.status, 1);
  expect_has(ran.error, "request=9999aaaa");
  expect_has(ran.error, "id=9999aaaa");
  EXPECT_EQ(run("timeline 9999-aaa").status, 1) << "too short";
  EXPECT_EQ(run("timeline 'beef burger'").status, 1);
}

TEST_F(Timeline, TellsOfAnErrorPage) {
  ErrorsShown shown;
  shown.add(1'700'000'000, "aaaabbbbcccc", "form 503");
  shown.write(*database);
  shown.write(*database);  // once
  const auto ran = run("timeline aaaa-bbbb");
  EXPECT_EQ(ran.status, 0) << ran.error;
  EXPECT_EQ(ran.out.find("error_shown"), ran.out.rfind("error_shown")) << ran.out;
  expect_has(ran.out, "an error page was shown, with this status: form 503");
  expect_has(ran.out, "the log has the reason");
}

TEST_F(Timeline, KeepsSomeErrorPagesOfAMinuteOnly) {
  ErrorsShown shown;
  const EpochSeconds then = 1'700'000'040;  // a minute begins
  for (int i = 0; i < 1000; ++i) shown.add(then + i % 60, "aaaabbbbcccc", "form 400");
  shown.add(then + 60, "aaaabbbbcccc", "form 429");
  shown.write(*database);
  const auto ran = run("timeline aaaa-bbbb");
  std::size_t rows = 0;
  for (std::size_t at = 0; (at = ran.out.find("form 400", at)) != std::string::npos; ++at) ++rows;
  EXPECT_EQ(rows, ErrorsShown::kMostInAMinute);
  expect_has(ran.out, "form 429");
}

TEST_F(Timeline, TellsEverythingInItsOrder) {
  const EpochSeconds then = 1'700'000'000;  // 2023-11-15 07:13:20 in Japan
  note_form(TimelineEvent::kFormRefused, then, "phone_format terms_missing");
  note_form(TimelineEvent::kFormAccepted, then + 60);
  register_person(then + 70);
  note_ok(then + 70);  // the audit says it
  mailer(then + 71, "try_later", "RCPT TO: 450 <Hanako@example.jp> greylisted",
         [&](Outbox& outbox) { return outbox.put_back("m", "mailer", then + 101, "450"); });
  mailer(then + 101, "delivered", "250 2.0.0 Ok",
         [&](Outbox& outbox) { return outbox.mark_sent("m", "mailer", then + 101, "250"); });
  on([&](Connection& c) {
    record_timeline_event(c, request_, then + 150,
                          {.event = TimelineEvent::kLinkOpened,
                           .registration = "r",
                           .detail = "good, elsewhere: Scanner/1"});
  });
  activate(then + 200);
  const auto ran = run(std::string("timeline ") + kAddress);
  EXPECT_EQ(ran.status, 0) << ran.error;
  EXPECT_EQ(
      ran.out,
      "2023-11-15 07:13:20 JST  form_refused         the form was sent with mistakes, in these "
      "fields: phone_format terms_missing\n"
      "2023-11-15 07:14:20 JST  form_accepted        the form was sent without a mistake: "
      "確認画面\n"
      "2023-11-15 07:14:30 JST  registered           A registration was completed with OK; its "
      "link "
      "was not followed yet.  [01234567-8-9 H***@example.jp]\n"
      "2023-11-15 07:14:30 JST  mail_queued          activation to ***@example.jp (mail m)\n"
      "2023-11-15 07:14:31 JST  mail_try_later       activation: RCPT TO: 450 <***@example.jp> "
      "greylisted\n"
      "2023-11-15 07:15:01 JST  mail_delivered       activation: 250 2.0.0 Ok\n"
      "2023-11-15 07:15:50 JST  link_opened          the link in the mail was opened: good, "
      "elsewhere: Scanner/1\n"
      "2023-11-15 07:16:40 JST  activated            The link was followed: the account exists.\n"
      "\n"
      "Registered: the account exists since 2023-11-15 07:16:40 JST; nobody has logged in yet.\n");
  EXPECT_EQ(run(std::string("timeline ") + kNumber).out, ran.out);
  EXPECT_EQ(run(std::string("timeline ") + kPhone).out, ran.out);
  expect_has(run(std::string("timeline --full ") + kPhone).out, "450 <Hanako@example.jp>");
  const auto json = run(std::string("timeline --json ") + kPhone).out;
  expect_has(json,
             "{\"time\":\"2023-11-15 07:14:31 JST\",\"at\":1700000071,\"what\":\"mail_try_later\","
             "\"registration\":\"r\",\"detail\":\"activation: RCPT TO: 450 <***@example.jp> "
             "greylisted\",\"request\":\"\",\"attempt\":1,"
             "\"registration_number\":\"01234567-8-9\",\"email\":\"H***@example.jp\"}\n");
  expect_has(json, "\"what\":\"in_short\"");
}

TEST_F(Timeline, KnowsOfARegistrationThatWasPurged) {
  note_form(TimelineEvent::kFormAccepted, now_ - 5 * kDay);
  note_ok(now_ - 5 * kDay + 20);
  expect_short("OK was pressed at ");
  expect_short("was not followed in time");
  expect_has(run(std::string("timeline ") + kPhone).out, "ok_pressed           OK was pressed at ");
}

TEST_F(Timeline, AnswersWhyTheMailDidNotCome) {
  note_form(TimelineEvent::kFormRefused, now_ - 900, "phone_format");
  expect_short("was last sent with mistakes (phone_format)");
  note_form(TimelineEvent::kFormAccepted, now_ - 800);
  expect_short("OK was not pressed");
  register_person(now_ - 700);
  expect_short("was never tried: is portal-mailer running?");
  mailer(now_ - 600, "try_later", "451 wait",
         [&](Outbox& outbox) { return outbox.put_back("m", "mailer", now_ - 500, "451 wait"); });
  expect_short(": 451 wait.");
  mailer(now_ - 400, "delivered", "250 taken",
         [&](Outbox& outbox) { return outbox.mark_sent("m", "mailer", now_ - 400, "250 taken"); });
  expect_short(
      "the mail server took it (250 taken): have them look among the spam. Its link is good");
  on([&](Connection& c) { Outbox(c).mark_bounced("m", now_ - 300, "5.1.1 no such user"); });
  expect_short("The mail came back: 5.1.1 no such user. Is the address right?");
  on([&](Connection& c) {
    Registrations(c).cancel("r", now_ - 200);
    MailAddresses(c).stop(kAddress, now_ - 200, now_ + kDay);
  });
  expect_short("by 「心当たりがない」 in the mail");
  expect_short("The address gets no mail until ");
}

// What each fault means for the caller, and what to tell him.
TEST_F(Timeline, SaysWhatAFaultMeansAndWhatToDo) {
  struct Case {
    const char* label;
    const char* address;
    MailFault fault;
    std::vector<const char*> english, japanese;
  };
  register_person(now_ - 700);
  write("portal.conf", content_of(folder / "portal.conf") + "mail.from = n@portal.test\n");
  for (const Case& c : std::vector<Case>{
           {"unknown user",
            "hanako@example.jp",
            MailFault::kUnknownUser,
            {"Is the address right?", "no such address"},
            {"「このメールアドレスはない」", "正しいメールアドレスで"}},
           {"docomo, perhaps its filter",
            "hanako@docomo.ne.jp",
            MailFault::kUnknownUser,
            {"Is the address right?", "ドコモ says the same", "domain portal.test", "151"},
            {"ドコモは、迷惑メール対策の設定で", "「portal.test」", "151"}},
           {"SoftBank, unknown",
            "hanako@i.softbank.jp",
            MailFault::kUnknownUser,
            {"no such address: have them register again with the right one."},
            {"正しいメールアドレスで"}},
           {"unknown domain",
            "hanako@example.jp",
            MailFault::kUnknownDomain,
            {"No mail can reach what follows its @"},
            {"「アットマーク」より後ろに"}},
           {"full",
            "hanako@example.jp",
            MailFault::kMailboxFull,
            {"The mailbox is full", "press 再送"},
            {"受信箱がいっぱい", "「再送」"}},
           {"filter of au",
            "hanako@ezweb.ne.jp",
            MailFault::kRecipientFilter,
            {"A filter of the recipient's", "domain portal.test", "受信リスト設定", "157"},
            {"受信する側の設定", "「portal.test」", "受信リスト設定", "157"}},
           {"ours",
            "hanako@example.jp",
            MailFault::kOurs,
            {"nothing is wrong with the address"},
            {"メールアドレスに誤りがあるのではありません"}},
           {"unclear",
            "hanako@example.jp",
            MailFault::kUnclear,
            {"Is the address right? Nobody said why", "domain portal.test"},
            {"理由は知らされていません", "「portal.test」"}}}) {
    on([&](Connection& connection) {
      connection.execute(
          "UPDATE outbox SET recipient = $1, state = 'bounced', attempts = 1, fault = $2, "
          "last_reply = '5.0.0 <t@x.jp> no', done_at = $3",
          {c.address, name_of(c.fault), now_ - 300});
    });
    const auto verdict = [&](const std::string& options) {
      const auto ran = run("timeline " + options + " " + kNumber);
      EXPECT_EQ(ran.status, 0) << ran.error;
      return ran.out.substr(ran.out.rfind("\n\n") + 2);
    };
    const std::string english = verdict("");
    EXPECT_EQ(english, verdict("--lang en")) << c.label;
    expect_has(english, "The mail came back: 5.0.0 <***@x.jp> no. ");
    for (const char* words : c.english) expect_has(english, words);
    const std::string japanese = verdict("--lang ja");
    expect_has(japanese, "メールは届かずに戻りました（ 5.0.0 <***@x.jp> no ）。");
    for (const char* words : c.japanese) expect_has(japanese, words);
    EXPECT_EQ(c.fault == MailFault::kOurs, english.find("Is the address") == std::string::npos &&
                                               english.find("administrators") != std::string::npos)
        << c.label;
  }
  const auto wrong = run(std::string("timeline --lang fr ") + kNumber);
  EXPECT_EQ(wrong.status, 2);
  expect_has(wrong.error, "--lang fr: expected ja or en");
}

TEST_F(Timeline, SaysThatTheQueueIsPaused) {
  register_person(now_ - 700);
  on([&](Connection& c) { MailPauses(c).pause(now_ - 600, now_, "554 not verified"); });
  expect_short("The mail waits: the relay refuses the portal since ");
  expect_short("(554 not verified). Nothing is wrong with the address");
  expect_has(
      run(std::string("timeline --lang ja ") + kNumber).out,
      "から止まっています（ 554 not verified ）。メールアドレスに誤りがあるのではありません。");
  mailer(now_ - 500, "delivered", "250 taken",
         [&](Outbox& outbox) { return outbox.mark_sent("m", "mailer", now_ - 500, "250 taken"); });
  expect_short("the mail server took it (250 taken)");
}

TEST_F(Timeline, ACarrierMayHaveDroppedWhatItTook) {
  register_person(now_ - 700);
  on([&](Connection& c) { c.execute("UPDATE outbox SET recipient = 'hanako@i.softbank.jp'"); });
  mailer(now_ - 500, "delivered", "250 taken",
         [&](Outbox& outbox) { return outbox.mark_sent("m", "mailer", now_ - 500, "250 taken"); });
  expect_short("ソフトバンク drops filtered mail without a word: if it is not there, have them");
}

TEST_F(Timeline, AFullMailboxIsToldWhileTheMailWaits) {
  register_person(now_ - 700);
  mailer(now_ - 600, "try_later", "552 full", [&](Outbox& outbox) {
    return outbox.put_back("m", "mailer", now_ + 500, "552 full", MailFault::kMailboxFull);
  });
  expect_short(": 552 full. The mailbox is full: have them make room in it");
}

// Not only of the registration.
TEST_F(Timeline, AnswersWhyAnotherMailDidNotCome) {
  on([&](Connection& c) {
    Waiting(c).put({"w", a_number(kNumber), kAddress, kAddress, "", now_ - 900, now_ - 800});
    Outbox(c).add({"listed", "listed", "w", kAddress, now_ - 800, now_ - 800});
    Outbox(c).lease("x", now_, kHour, 9);
    Outbox(c).mark_failed("listed", "x", now_ - 800, "550 unknown");
  });
  const auto waited = run(std::string("timeline ") + kAddress).out;
  expect_has(waited, "is in the roster: the mail to who waited was queued at ");
  expect_has(waited, "could not be delivered: 550 unknown.");
  on([&](Connection& c) { Outbox(c).retry("listed", now_); });
  register_person(now_ - 700);
  activate(now_ - 600);
  on([&](Connection& c) {
    OutboxRow reset = {"reset", "reset", "", kAddress, now_ - 500, now_ - 500};
    reset.account_id = "r";
    Outbox(c).add(reset);
  });
  expect_has(run(std::string("timeline ") + kAddress).out,
             "nobody has logged in yet. The newest mail (reset): The mail is queued since ");
}

TEST_F(Timeline, SaysThatAnAccountIsGone) {
  register_person(now_ - 700);
  activate(now_ - 600);
  expect_short("Registered: the account exists since ");
  on([](Connection& c) { Accounts(c).remove("r"); });
  expect_short(", but the account is gone: its owner left, or it was released");
}

TEST_F(Timeline, SaysWhatWasWithheldAndWhatFailed) {
  register_person(now_ - 700);
  mailer(now_ - 600, "withheld", "3 mails already", [&](Outbox& outbox) {
    return outbox.mark_withheld("m", "mailer", now_ - 600, "3 mails already");
  });
  expect_short("was not sent, on purpose: 3 mails already.");
  on([&](Connection& c) { Outbox(c).retry("m", now_ - 500); });
  mailer(now_ - 500, "refused", "550 unknown", [&](Outbox& outbox) {
    return outbox.mark_failed("m", "mailer", now_ - 500, "550 unknown");
  });
  expect_short("could not be delivered: 550 unknown. Is the address right?");
}

TEST_F(Timeline, WhomNothingIsKnownOfAndWhatIsNoName) {
  auto ran = run("timeline nobody@example.jp");
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.out, "");
  expect_has(ran.error, "Nothing is known");
  ran = run("timeline taro");
  EXPECT_EQ(ran.status, 1);
  expect_has(ran.error, "neither an address nor a number");
  EXPECT_EQ(run("timeline").status, 2);
}

TEST_F(Timeline, TheTableShowsNobodyWhoseFormItWas) {
  if (own_database->on_postgresql()) GTEST_SKIP() << "reads SQLite's file";
  note_form(TimelineEvent::kFormAccepted, now_);
  std::string dump = content_of(file("portal.db")) + content_of(file("portal.db-wal"));
  for (const char* value : {kAddress, kNumber, kPhone}) {
    EXPECT_EQ(dump.find(value), std::string::npos) << value;
  }
}

}  // namespace
}  // namespace portalctl_test
