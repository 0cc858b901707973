// The verdict of portalctl timeline, by which letter really left: every way in which the mail that
// was queued is not the mail that came.
#include "verdict.h"

#include <functional>

namespace portalctl_test {
namespace {

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
            {"にメールサーバーへ届きました。迷惑メールをご確認いただき、見つからなければ、"
             "いま再送できます。",
             "まで有効です。"}},
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
            {"に期限が切れました。いま再送できます。新しいメールのリンク"},
            no_link},
           {"the link, of a registration that is over",
            [=, this](Connection& c) {
              add_registration(c, "r", kHanako, kClinic, now - 2 * kDay);
              add_mail(c, activation_of("r", kHanako, now - 2 * kDay), "sent", {"activation", ""});
              add_link(c, "r", now - 2 * kDay);
            },
            kHanako,
            {"Not activated in time", "have them register again."},
            {"期限までにリンクが押されず、登録は完了していません", "もう一度ご登録ください。"},
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
            {"登録を完了できません", "メールのリンクは使えません"}},
           {"the link, before the clinic had an account",
            [=, this](Connection& c) {
              sent(c, "activation");
              add_link(c, "r", then);
              add_account(c, "a", kTaro, kClinic);
            },
            kHanako,
            {"another account of the clinic 契0123456-7-8", "account release"},
            {"この施術所には別のアカウント", "\nコマンド：portalctl account release\n"},
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
            {"登録はまだ完了していません", "まで有効です。"}},
           {"a reset for nobody",
            [=, this](Connection& c) {
              add_mail(c, reset_for(kHanako, then), "withheld", {"", "no_account"}, "the reason");
            },
            kHanako,
            {"not sent, on purpose: the reason.", "look for the address that they registered with"},
            {"このメールアドレスのアカウントがないためです"},
            {"the reason）", "迷惑メール", "spam"}},
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
              EXPECT_TRUE(Registrations(c).mark_activated("r", kHanako, then));
              add_account(c, "r", kHanako, kClinic);
            },
            kHanako,
            {"Registered: the account exists since "},
            {"登録は完了しています。"},
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
            {"アカウントが停止されているため", "\nコマンド：portalctl account enable\n"},
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
            {"メールが続いたため", "その前のメールは ", "まで有効です。"}},
           {"stopped by 「心当たりがない」",
            [=, this](Connection& c) {
              withheld(c, "address_stopped");
              MailAddresses(c).stop(kHanako, then, now + kDay);
            },
            kHanako,
            {"on purpose: the reason.", "portalctl mail allow"},
            {"「心当たりがない」が押され", "\nコマンド：portalctl mail allow"},
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
            {"メールはお送りしていません。", "\n記録された理由：（ the reason ）\n"},
            no_link},
           {"too much for the clinic for now",
            [=, this](Connection& c) {
              pending(c);
              add_mail(c, activation_of("r", kHanako, then), "held", {"", "clinic_busy"},
                       "60 mails");
            },
            kHanako,
            {"The mail waits, next attempt ", ": 60 mails. It leaves by itself."},
            {"同じ施術所へのメールが1時間に多かったためで、自動でお送りします。"},
            no_link},
           {"a notice to an account's owner did not leave",
            [=, this](Connection& c) {
              OutboxRow mail = {"n", "password_changed", "", kHanako, then, then};
              mail.account_id = "a";
              with_account(c, mail, {"password_changed", ""}, "queued");
            },
            kHanako,
            {"The newest mail (password_changed): The mail is queued since "},
            {"最後のメール（パスワードを変更した知らせ）：メールは "},
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
             "【1件目 契0123456-7-8 t***@example.jp 】");
  expect_has(run(std::string("timeline --full ") + kClinic).out,
             "[#1 契0123456-7-8 taro@example.jp]\n");
  expect_has(run(std::string("timeline --json ") + kClinic).out,
             "\"attempt\":2,\"registration_number\":\"契0123456-7-8\","
             "\"email\":\"h***@example.jp\"}\n");
}

}  // namespace
}  // namespace portalctl_test
