// portalctl timeline: why a mail did not come, and what to do.
#include "timeline.h"

namespace portalctl_test {
namespace {

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
    EXPECT_TRUE(Registrations(c).cancel("r", "Hanako@example.jp", now_ - 200));
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
            {"「このメールアドレスはない」", "正しいメールアドレスをお知らせ"}},
           {"docomo, perhaps its filter",
            "hanako@docomo.ne.jp",
            MailFault::kUnknownUser,
            {"Is the address right?", "ドコモ says the same", "domain portal.test", "151"},
            {"ドコモは、迷惑メール対策の設定で", "「portal.test」", "151"}},
           {"SoftBank, unknown",
            "hanako@i.softbank.jp",
            MailFault::kUnknownUser,
            {"no such address: have them register again with the right one."},
            {"正しいメールアドレスをお知らせ"}},
           {"unknown domain",
            "hanako@example.jp",
            MailFault::kUnknownDomain,
            {"No mail can reach what follows its @"},
            {"「アットマーク」より後ろに"}},
           {"full",
            "hanako@example.jp",
            MailFault::kMailboxFull,
            {"The mailbox is full", "press 再送"},
            {"受信箱がいっぱい", "再送をお試しください"}},
           {"filter of au",
            "hanako@ezweb.ne.jp",
            MailFault::kRecipientFilter,
            {"A filter of the recipient's", "domain portal.test", "受信リスト設定", "157"},
            {"受信する側の設定", "「portal.test」", "受信リスト設定", "157"}},
           {"ours",
            "hanako@example.jp",
            MailFault::kOurs,
            {"nothing is wrong with the address"},
            {"メールアドレスのまちがいではありません"}},
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
    EXPECT_TRUE(japanese.starts_with("メールは届かずに戻りました。")) << japanese;
    expect_has(japanese, "\n相手の返答：（ 5.0.0 <***@x.jp> no ）\n");
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
  expect_has(run(std::string("timeline --lang ja ") + kNumber).out,
             " から止まっています。メールアドレスのまちがいではありません。");
  expect_has(run(std::string("timeline --lang ja ") + kNumber).out,
             "相手の返答：（ 554 not verified ）意味：拒否。\n"
             "メールのリンクが押されておらず、登録はまだ完了していません");
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

}  // namespace
}  // namespace portalctl_test
