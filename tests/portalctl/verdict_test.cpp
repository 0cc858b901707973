// The verdict of portalctl timeline, and what portalctl registration resend promises, by which
// letter really left: every way in which the mail that was queued is not the mail that came.
#include <functional>

#include "core/base/japan_time.h"
#include "core/database/engine/connection.h"
#include "core/journal/timeline.h"
#include "migrated_portal.h"

namespace portalctl_test {
namespace {

using namespace portal;

constexpr const char* kHanako = "hanako@example.jp";
constexpr const char* kTaro = "taro@example.jp";
constexpr const char* kClinic = "契0123456-7-8";
constexpr const char* kOther = "協0123456-7-8";

class VerdictTest : public MigratedPortal {
 protected:
  void add_registration(Connection& c, const std::string& id, const std::string& address,
                        const std::string& number, EpochSeconds at) {
    Registration row;
    row.id = id;
    row.draft_id = "draft-" + id;
    row.signup_hash = "signup-" + id;
    row.number = a_number(number);
    row.phone = "0312345678";
    row.email = address;
    row.email_key = address;
    row.created_at = at;
    row.expires_at = at + kRegistrationLifetime;
    Registrations(c).add(row);
  }
  void add_account(Connection& c, const std::string& id, const std::string& address,
                   const std::string& number) {
    Account account = an_account(id, address, number);
    account.created_at = now - 3 * kDay;
    Accounts(c).add(account);
  }
  // A mail that was queued at `at` and has ended there as `state`.
  void add_mail(Connection& c, const OutboxRow& row, std::string_view state,
                const OutboxFinding& finding, const std::string& reply = "250 taken") {
    Outbox outbox(c);
    outbox.add(row);
    if (state == "queued") return;
    outbox.lease("m", row.created_at, kHour, 99);
    if (state == "sent") outbox.mark_sent(row.id, "m", row.created_at, reply);
    if (state == "withheld") outbox.mark_withheld(row.id, "m", row.created_at, reply);
    if (state == "held") outbox.hold(row.id, "m", now + kHour, reply);
    outbox.note(row.id, finding);
  }
  OutboxRow activation_of(const std::string& registration, const std::string& address,
                          EpochSeconds at) {
    return {"m-" + registration + std::to_string(at), "activation", registration, address, at, at};
  }
  OutboxRow reset_for(const std::string& address, EpochSeconds at) {
    return {"reset", "reset", "", address, at, at};
  }
  void add_link(Connection& c, const std::string& registration, EpochSeconds at, int failed = 0) {
    ActivationLinks(c).add({"l" + registration + std::to_string(at), registration, at, failed});
  }
  std::string verdict(const std::string& arguments) {
    const auto ran = run("timeline " + arguments);
    EXPECT_EQ(ran.status, 0) << arguments << ran.error;
    return ran.out.substr(ran.out.rfind("\n\n") + 2);
  }

  EpochSeconds now = system_now();
  EpochSeconds then = now - 10 * kMinute;
};

struct Case {
  const char* label;
  std::function<void(Connection&)> happened;
  const char* asked;
  std::vector<const char*> english, japanese;
  std::vector<const char*> never = {};  // in either
};

TEST_F(VerdictTest, IsTrueOfTheLetterThatLeft) {
  const std::vector<const char*> no_link = {"Its link is good", "まで有効です"};
  const auto pending = [this](Connection& c) { add_registration(c, "r", kHanako, kClinic, then); };
  const auto sent = [=, this](Connection& c, const std::string& letter) {
    pending(c);
    add_mail(c, activation_of("r", kHanako, then), "sent", {letter, ""});
  };
  const auto withheld = [=, this](Connection& c, const char* obstacle) {
    pending(c);
    add_mail(c, activation_of("r", kHanako, then), "withheld", {"", obstacle}, "the reason");
  };
  const auto with_account = [=, this](Connection& c, OutboxRow mail, const OutboxFinding& finding,
                                      std::string_view state) {
    add_account(c, "a", kHanako, kClinic);
    add_mail(c, mail, state, finding, "the reason");
  };
  for (const Case& test : std::vector<Case>{
           {"the link",
            [=, this](Connection& c) {
              sent(c, "activation");
              add_link(c, "r", then);
            },
            kHanako,
            {"look among the spam. Its link is good until "},
            {"まで有効です。"}},
           {"the link, ended by wrong passwords",
            [=, this](Connection& c) {
              sent(c, "activation");
              add_link(c, "r", then, kLinkAttempts);
            },
            kHanako,
            {"Five wrong passwords have ended its link", "press 再送"},
            {"パスワードを5回まちがえたため"},
            no_link},
           {"the link, whose hour is over",
            [=, this](Connection& c) {
              add_registration(c, "r", kHanako, kClinic, now - 2 * kHour);
              add_mail(c, activation_of("r", kHanako, now - 2 * kHour), "sent", {"activation", ""});
              add_link(c, "r", now - 2 * kHour);
            },
            kHanako,
            {"Its link ended ", "press 再送"},
            {"に無効になりました。", "「再送」"},
            no_link},
           {"the link, of a registration that is over",
            [=, this](Connection& c) {
              add_registration(c, "r", kHanako, kClinic, now - 2 * kDay);
              add_mail(c, activation_of("r", kHanako, now - 2 * kDay), "sent", {"activation", ""});
              add_link(c, "r", now - 2 * kDay);
            },
            kHanako,
            {"Not activated in time", "have them register again."},
            {"期限までに有効化されませんでした", "もう一度ご登録いただいてください。"},
            {"再送", "Its link is good"}},
           {"the notice, because the address has an account",
            [=, this](Connection& c) {
              add_account(c, "a", kHanako, kOther);
              sent(c, "registered");
            },
            kClinic,
            {"the address has the account of 協0123456-7-8",
             "It was the notice 「すでに登録されています」"},
            {"このメールアドレスには別のアカウント（協0123456-7-8",
             "「すでに登録されています」というお知らせ"},
            no_link},
           {"the link, before the address had an account",
            [=, this](Connection& c) {
              sent(c, "activation");
              add_link(c, "r", then);
              add_account(c, "a", kHanako, kOther);
            },
            kClinic,
            {"it cannot be any more", "No link to it works"},
            {"これからもできません"}},
           {"the link, before the clinic had an account",
            [=, this](Connection& c) {
              sent(c, "activation");
              add_link(c, "r", then);
              add_account(c, "a", kTaro, kClinic);
            },
            kHanako,
            {"another account of the clinic 契0123456-7-8", "account release"},
            {"この施術所には別のアカウント", "account release"},
            no_link},
           {"an earlier version noted nothing, and there is its link",
            [=, this](Connection& c) {
              sent(c, "");
              add_link(c, "r", then - 1);
            },
            kHanako,
            {"Its link is good until "},
            {"まで有効です。"}},
           {"an earlier version noted nothing, and made no link",
            [=](Connection& c) { sent(c, ""); },
            kHanako,
            {"It was the notice 「すでに登録されています」"},
            {"「すでに登録されています」というお知らせ"},
            no_link},
           {"an earlier version noted nothing, and all is purged",
            [=, this](Connection& c) {
              add_mail(c, activation_of("gone", kHanako, then), "sent", {"", ""});
            },
            kHanako,
            {"Nobody noted whether it was the link"},
            {"どちらを送ったかは、記録にありません"},
            no_link},
           {"a reset became the link",
            [=, this](Connection& c) {
              pending(c);
              add_mail(c, reset_for(kHanako, then), "sent", {"activation", "", "r", ""});
              add_link(c, "r", then);
            },
            kClinic,
            {"Not activated yet", "Its link is good until "},
            {"有効化がまだです", "まで有効です。"}},
           {"a reset for nobody",
            [=, this](Connection& c) {
              add_mail(c, reset_for(kHanako, then), "withheld", {"", "no_account"}, "the reason");
            },
            kHanako,
            {"not sent, on purpose: the reason.", "look for the address that they registered with"},
            {"このメールアドレスのアカウントがないためです"},
            {"the reason）", "spam"}},
           {"a reset of an account, its link",
            [=, this](Connection& c) {
              with_account(c, reset_for(kHanako, then), {"reset", "", "", "a"}, "sent");
              AccountLinks(c).add({"l", "a", std::string(kResetPurpose), "", then, 0});
            },
            kClinic,
            {"The newest mail (reset): ", "Its link is good until "},
            {"最後のメール（パスワードの再設定）：", "まで有効です。"}},
           {"an account whose link was followed just now",
            [=, this](Connection& c) {
              sent(c, "activation");
              add_link(c, "r", then);
              Registrations(c).mark_activated("r", then);
              add_account(c, "r", kHanako, kClinic);
            },
            kHanako,
            {"Registered: the account exists since "},
            {"登録済みです"},
            {"Its link", "リンクは", "spam"}},
           {"a reset whose link was used",
            [=, this](Connection& c) {
              with_account(c, reset_for(kHanako, then), {"reset", "", "", "a"}, "sent");
              AccountLinks(c).add({"l", "a", std::string(kResetPurpose), "", then, now});
            },
            kHanako,
            {"Its link was used already", "パスワードを忘れた方"},
            {"すでに使われたか", "「パスワードを忘れた方」"},
            no_link},
           {"a reset of a disabled account",
            [=, this](Connection& c) {
              with_account(c, reset_for(kHanako, then), {"", "account_disabled"}, "withheld");
              Accounts(c).set_state("a", "disabled");
            },
            kHanako,
            {"it is disabled", "not sent, on purpose: the reason."},
            {"アカウントは停止されています"},
            no_link},
           {"the clinic came into the roster",
            [=, this](Connection& c) {
              Waiting(c).put({"w", a_number(kClinic), kHanako, kHanako, "", then, then});
              add_mail(c, {"listed", "listed", "w", kHanako, then, then}, "sent", {"listed", ""});
            },
            kHanako,
            {"is in the roster", "It leads to the form"},
            {"は一覧に載り", "入力画面に進めます"},
            no_link},
           {"the clinic left the roster again",
            [=, this](Connection& c) {
              Waiting(c).put({"w", a_number(kClinic), kHanako, kHanako, "", then, then});
              add_mail(c, {"listed", "listed", "w", kHanako, then, then}, "withheld",
                       {"", "not_in_roster"}, "the clinic left the roster again");
            },
            kHanako,
            {"on purpose: the clinic left the roster again."},
            {"施術所がまた一覧から外れたためです。"},
            no_link},
           {"enough for the address, while an earlier link is good",
            [=, this](Connection& c) {
              sent(c, "activation");
              add_link(c, "r", then);
              add_mail(c, activation_of("r", kHanako, then + 60), "withheld",
                       {"", "address_enough"}, "3 such mails");
            },
            kHanako,
            {"on purpose: 3 such mails.", "An earlier one left at ", "Its link is good until "},
            {"メールが続いたため", "その前のメールは", "まで有効です。"}},
           {"stopped by 「心当たりがない」",
            [=, this](Connection& c) {
              withheld(c, "address_stopped");
              MailAddresses(c).stop(kHanako, then, now + kDay);
            },
            kHanako,
            {"on purpose: the reason.", "portalctl mail allow"},
            {"「心当たりがない」が押され", "portalctl mail allow"},
            no_link},
           {"a backup was put back",
            [=](Connection& c) { withheld(c, "restored"); },
            kHanako,
            {"do again what they had asked for"},
            {"データベースを復元したためです"},
            no_link},
           {"an obstacle of a newer version",
            [=](Connection& c) { withheld(c, "strike"); },
            kHanako,
            {"on purpose: the reason."},
            {"わざと送られていません（ the reason ）。"},
            no_link},
           {"too much for the clinic for now",
            [=, this](Connection& c) {
              pending(c);
              add_mail(c, activation_of("r", kHanako, then), "held", {"", "clinic_busy"},
                       "60 mails");
            },
            kHanako,
            {"The mail waits, next attempt ", ": 60 mails. It leaves by itself."},
            {"同じ施術所へのメールが1時間に多かったためで、自動で送られます。"},
            no_link},
           {"a notice to an account's owner did not leave",
            [=, this](Connection& c) {
              OutboxRow mail = {"n", "password_changed", "", kHanako, then, then};
              mail.account_id = "a";
              with_account(c, mail, {"password_changed", ""}, "queued");
            },
            kHanako,
            {"The newest mail (password_changed): The mail is queued since "},
            {"最後のメール（パスワードを変更した知らせ）：メールは"},
            no_link},
       }) {
    SCOPED_TRACE(test.label);
    on([&](Connection& c) {
      for (const char* table : {"activation_link", "account_link", "mail_attempt", "outbox",
                                "registration", "account", "waiting", "mail_address"}) {
        c.execute(std::string("DELETE FROM ") + table);
      }
      test.happened(c);
    });
    const std::string english = verdict(test.asked);
    for (const char* words : test.english) expect_has(english, words);
    const std::string japanese = verdict(std::string("--lang ja ") + test.asked);
    for (const char* words : test.japanese) expect_has(japanese, words);
    for (const char* words : test.never) {
      EXPECT_EQ(english.find(words), std::string::npos) << english;
      EXPECT_EQ(japanese.find(words), std::string::npos) << japanese;
    }
  }
}

// One address at two clinics, and one clinic by two people: each attempt has its number, its
// clinic, its address and its own verdict.
TEST_F(VerdictTest, TellsAttemptsApart) {
  Request request;
  request.id = "request-1";
  on([&](Connection& c) {
    Roster(c).put(a_clinic("13000001-0-1", "〇〇鍼灸院"));
    add_account(c, "a", kHanako, kOther);
    add_registration(c, "r1", kTaro, kClinic, then - 60);
    add_mail(c, activation_of("r1", kTaro, then - 60), "sent", {"activation", ""});
    add_link(c, "r1", then - 60);
    add_registration(c, "r2", kHanako, kClinic, then);
    add_mail(c, activation_of("r2", kHanako, then), "sent", {"registered", ""});
    // Purged since: only an event is left, and its clinic is found in the roster.
    record_timeline_event(c, request, now - 2 * kDay,
                          {.event = TimelineEvent::kOkPressed,
                           .email_key = kHanako,
                           .number = "13000001-0-1",
                           .registration = "r0"});
  });
  const auto of_address = run(std::string("timeline ") + kHanako);
  EXPECT_EQ(of_address.status, 0) << of_address.error;
  expect_has(of_address.out, "OK was pressed at 確認画面  [#2 13000001-0-1 h***@example.jp]\n");
  expect_has(of_address.out, "mail_queued          activation to ***@example.jp (mail m-r2" +
                                 std::to_string(then) + ")  [#3 契0123456-7-8 h***@example.jp]\n");
  expect_has(of_address.out,
             "\n#1 (協0123456-7-8, h***@example.jp): Registered: the account exists");
  expect_has(of_address.out,
             "#3 (契0123456-7-8, h***@example.jp): Not activated, and it cannot be any "
             "more, because the address has the account of 協0123456-7-8 since ");
  expect_has(of_address.out, "#2 (13000001-0-1, h***@example.jp): OK was pressed at ");
  EXPECT_EQ(of_address.out.find("t***@"), std::string::npos) << "another's";

  const auto of_clinic = run(std::string("timeline ") + kClinic).out;
  expect_has(of_clinic, "[#1 契0123456-7-8 t***@example.jp]\n");
  expect_has(of_clinic, "[#2 契0123456-7-8 h***@example.jp]\n");
  expect_has(of_clinic, "\n#2 (契0123456-7-8, h***@example.jp): Not activated, and it cannot be");
  expect_has(of_clinic,
             "#1 (契0123456-7-8, t***@example.jp): Not activated yet: OK was pressed at ");
  expect_has(run(std::string("timeline --lang ja ") + kClinic).out,
             "【1件目 契0123456-7-8 t***@example.jp 】有効化がまだです");
  expect_has(run(std::string("timeline --full ") + kClinic).out,
             "[#1 契0123456-7-8 taro@example.jp]\n");
  expect_has(run(std::string("timeline --json ") + kClinic).out,
             "\"attempt\":2,\"registration_number\":\"契0123456-7-8\","
             "\"email\":\"h***@example.jp\"}\n");
}

class ResendTest : public VerdictTest {
 protected:
  Ran resend(const std::string& who) { return run("registration resend " + who); }
  std::int64_t queued() {
    return on([](Connection& c) {
      return c.number("SELECT COUNT(*) FROM outbox WHERE state = 'queued'");
    });
  }
};

TEST_F(ResendTest, SaysWhichLetterLeavesAndWhen) {
  on([&](Connection& c) { add_registration(c, "r", kHanako, kClinic, then); });
  auto ran = resend(kHanako);
  EXPECT_EQ(ran.status, 0) << ran.error;
  expect_has(
      ran.out,
      "a mail to h***@example.jp about 契0123456-7-8 is queued; it is the mail with the link. "
      "`portalctl timeline");
  EXPECT_EQ(queued(), 1);

  on([&](Connection& c) { add_account(c, "a", kHanako, kOther); });
  ran = resend(kHanako);
  EXPECT_EQ(ran.status, 0) << ran.error;
  expect_has(
      ran.out,
      "but it is the notice 「すでに登録されています」, without a link, because the address has "
      "the account of 協0123456-7-8 (h***@example.jp, since ");

  on([&](Connection& c) { MailPauses(c).pause(now - 600, now, "554 not verified"); });
  expect_has(resend(kHanako).out, "no mail leaves at the moment, because the relay refuses");
  on([](Connection& c) {
    MailPauses(c).end();
    c.execute("UPDATE outbox SET next_attempt_at = next_attempt_at - 3600");
  });
  expect_has(resend(kHanako).out, "is portal-mailer running?");
  EXPECT_EQ(queued(), 4);
}

TEST_F(ResendTest, QueuesNothingThatWouldNotBeSentAndSaysWhy) {
  on([&](Connection& c) {
    add_registration(c, "r", kHanako, kClinic, then);
    MailAddresses(c).stop(kHanako, then, now + kDay);
  });
  auto ran = resend(kHanako);
  EXPECT_EQ(ran.status, 1);
  expect_has(ran.error,
             "nothing was queued, because it would not be sent: the address asked for no "
             "more mail until ");
  on([&](Connection& c) {
    MailAddresses(c).resume(kHanako);
    for (int i = 0; i < 3; ++i) {
      MailAddresses(c).add_link(
          {"s" + std::to_string(i), "m" + std::to_string(i), kHanako, "r", now});
    }
  });
  ran = resend(kHanako);
  EXPECT_EQ(ran.status, 1);
  expect_has(ran.error, "3 such mails were made for this address within an hour");
  on([&](Connection& c) {
    c.execute("DELETE FROM stop_link");
    add_account(c, "a", kTaro, kClinic);
  });
  ran = resend(kHanako);
  EXPECT_EQ(ran.status, 1);
  expect_has(ran.error,
             "no link would work: there is the account of 契0123456-7-8 (t***@example.jp");
  EXPECT_EQ(queued(), 0);
}

TEST_F(ResendTest, IsHeldUpByNoStranger) {
  write("portal.conf", content_of(folder / "portal.conf") + "mail.limit.clinic_hour = 1\n");
  on([&](Connection& c) {
    add_registration(c, "r", kHanako, kClinic, then);
    Throttles throttles(c);
    for (const auto* network : {"192.0.2.1", "192.0.2.2"}) {
      throttles.count(throttle_key(Throttle::kMailOfClinic, kClinic, network), now, {1, kHour});
    }
    for (int i = 0; i < 3; ++i) {
      const std::string id = std::to_string(i);
      MailAddresses(c).add_link({id, id, std::string(kHanako), "", now, "192.0.2.1"});
    }
  });
  const auto ran = resend(kHanako);
  EXPECT_EQ(ran.status, 0) << ran.error;
  EXPECT_EQ(ran.out.find("waits"), std::string::npos) << ran.out;
}

TEST_F(ResendTest, OfSeveralTakesTheNewestAndNamesTheOthers) {
  on([&](Connection& c) {
    add_registration(c, "r1", kTaro, kClinic, then - 60);
    add_registration(c, "r2", kHanako, kClinic, then);
  });
  const auto ran = resend(kClinic);
  EXPECT_EQ(ran.status, 0) << ran.error;
  expect_has(ran.out, "a mail to h***@example.jp about ");
  expect_has(ran.out, "other registrations wait, too: 契0123456-7-8 t***@example.jp (");
}

TEST_F(ResendTest, WhenNobodyWaitsSaysWhatHappenedInstead) {
  auto ran = resend(kHanako);
  EXPECT_EQ(ran.status, 1);
  expect_has(ran.error, "no registration waits for its link. Nothing is known");
  on([&](Connection& c) {
    add_registration(c, "r", kHanako, kClinic, then);
    Registrations(c).cancel("r", then + 60);
  });
  expect_has(resend(kHanako).error, "by 「心当たりがない」 in the mail");
  on([&](Connection& c) { add_account(c, "a", kHanako, kClinic); });
  expect_has(resend(kClinic).error, "Registered: the account exists since ");
  EXPECT_EQ(queued(), 0);
}

}  // namespace
}  // namespace portalctl_test
