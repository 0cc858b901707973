// Whatever is said to operators has words in every language.
#include "core/history/words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "core/database/account/accounts.h"
#include "core/database/journal/audit_event.h"
#include "core/database/journal/timeline_event.h"
#include "core/database/mail/mail_kind.h"
#include "core/database/mail/mail_obstacle.h"
#include "core/database/mail/mail_state.h"
#include "core/history/reply_codes.h"
#include "core/history/search.h"
#include "core/history/verdict.h"
#include "core/journal/opened_link.h"
#include "core/mail/mail_fault.h"
#include "core/registration/application.h"

namespace portal {
namespace {

constexpr auto kEn = Language::kEnglish;
constexpr auto kJa = Language::kJapanese;

bool has_japanese(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
}

void expect_both(const Words& words, std::string_view of) {
  EXPECT_TRUE(words.complete()) << of;
  EXPECT_TRUE(has_japanese(words.japanese)) << of;
}

TEST(Words, AreThereInBothLanguages) {
  for (const auto& kind : audit_event_kinds()) expect_both(kind.meaning, kind.name);
  for (const auto& kind : timeline_event_kinds()) expect_both(kind.meaning, kind.name);
  for (const auto& row : mail_kinds()) expect_both(row.words, row.name);
  for (const auto& row : kMailStateRows) expect_both(row.words, row.name);
  for (const auto& row : kMailOutcomeRows) expect_both(row.words, row.name);
  for (const auto& row : kRegistrationStateRows) expect_both(row.words, row.name);
  for (const auto& row : kAccountStates) expect_both(row.words, row.name);
  for (const auto& row : kReplyCodes) expect_both(row.words, row.code);
  for (const auto& row : kOpenedLinkRows) expect_both(row.words, row.name);
  for (const auto& row : kKeyKindRows) expect_both(row.words, row.name);
  // What is no fault and no obstacle has no words.
  for (const auto& row : kMailFaultRows) {
    if (row.fault != MailFault::kNone) expect_both(row.words, row.name);
  }
  for (const auto& row : kMailObstacleRows) {
    if (row.obstacle != MailObstacle::kNone) expect_both(row.words, row.name);
  }
  for (int kind = 0; kind <= static_cast<int>(Hit::Kind::kLast); ++kind) {
    expect_both(words_of(static_cast<Hit::Kind>(kind)), std::to_string(kind));
  }
}

// An entry of each event and outcome is said in each language, and in Japanese no English of the
// tables is left.
TEST(Words, SayEachEntry) {
  std::vector<HistoryEntry> entries;
  for (const auto& kind : audit_event_kinds()) entries.push_back({.what = std::string(kind.name)});
  for (const auto& kind : timeline_event_kinds()) {
    entries.push_back({.what = std::string(kind.name)});
  }
  for (const auto& kind : mail_kinds()) {
    HistoryEntry entry = {.mail = "m", .letter = std::string(kind.name), .recipient = "t@x.jp"};
    entry.what = kMailQueued;
    entries.push_back(entry);
    for (const auto& row : kMailOutcomeRows) {
      entry.what = std::string(kMailAttempt) + std::string(row.name);
      entries.push_back(entry);
    }
  }
  for (const HistoryEntry& entry : entries) {
    const std::string english = in_words(entry, kEn);
    const std::string japanese = in_words(entry, kJa);
    EXPECT_FALSE(english.empty()) << entry.what;
    EXPECT_TRUE(has_japanese(japanese)) << entry.what << ": " << japanese;
    EXPECT_NE(english, japanese) << entry.what;
    EXPECT_EQ(japanese.find("_"), std::string::npos) << "a name for programs: " << japanese;
  }
}

TEST(Words, TellWhatARowAdds) {
  const struct {
    const char* label;
    HistoryEntry entry;
    const char* english;
    const char* japanese;
  } cases[] = {
      {"mistakes",
       {.what = "form_refused", .fact = "phone_missing email_no_at"},
       "the form was sent with mistakes, in these fields: phone_missing email_no_at",
       "入力画面が送信されましたが、誤りがありました：「電話番号を入力してください」"
       "「メールアドレスに「@」がありません」。"},
      {"a mistake of a newer version",
       {.what = "form_refused", .fact = "fax_missing"},
       "the form was sent with mistakes, in these fields: fax_missing",
       "入力画面が送信されましたが、誤りがありました：「fax_missing」。"},
      {"a record at the desk",
       {.what = "looked_up", .fact = "desk: record", .actor = "sato"},
       "An operator looked at whole addresses: where, and whose. desk: record (sato)",
       "担当者が、伏せていない記録を見ました。窓口の「表示」です。（担当：sato）"},
      {"a link, elsewhere",
       {.what = "link_opened", .fact = "good, elsewhere: Scanner/1"},
       "the link in the mail was opened: good, elsewhere: Scanner/1",
       "メールのリンクが開かれました。リンクは有効でした。登録したときとは別のブラウザまたは端末で"
       "す"
       "（ Scanner/1 ）。"},
      {"a link, of another version",
       {.what = "link_opened", .fact = "fine: Scanner/1"},
       "the link in the mail was opened: fine: Scanner/1",
       "メールのリンクが開かれました。（ fine: Scanner/1 ）。"},
      {"a login",
       {.what = "login_refused", .fact = "wrong_password"},
       "A login failed: the detail says why. wrong_password",
       "ログインできませんでした。理由：パスワードの誤り。"},
      {"an operator",
       {.what = "account_disabled", .fact = "asked by phone", .actor = "hanako"},
       "An operator disabled the account: it cannot log in. asked by phone (hanako)",
       "担当者がアカウントを停止しました。ログインできません。（ asked by phone "
       "）（担当：hanako）"},
      {"a mail",
       {.what = "mail_queued", .mail = "m", .letter = "reset", .recipient = "t@x.jp"},
       "reset to t@x.jp (mail m)",
       "メール「パスワードの再設定」を t@x.jp 宛てに用意しました（メールID： m ）。"},
      {"an attempt",
       {.what = "mail_refused",
        .fact = "RCPT TO: 550 5.1.1 <t@x.jp> no such user",
        .mail = "m",
        .letter = "reset",
        .fault = "unknown_user"},
       "reset: RCPT TO: 550 5.1.1 <t@x.jp> no such user",
       "メール「パスワードの再設定」：拒否された（宛先不明：宛先のアドレスがない）。返答："
       "（ RCPT TO: 550 5.1.1 <t@x.jp> no such user ）"},
      {"what a newer version wrote",
       {.what = "clinic_moved", .fact = "far away"},
       " far away",
       "clinic_moved（ far away ）"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(in_words(c.entry, kEn), c.english) << c.label;
    EXPECT_EQ(in_words(c.entry, kJa), c.japanese) << c.label;
  }
}

TEST(Words, ExplainAReply) {
  const struct {
    MailAttempt attempt;
    const char* english;
    const char* japanese;
  } cases[] = {
      {{.outbox_id = "m", .outcome = "delivered", .reply = "250 2.0.0 Ok: queued as 4F3A7"},
       "delivered (accepted): 250 2.0.0 Ok: queued as 4F3A7",
       "送信済み（受け取られた）。返答：（ 250 2.0.0 Ok: queued as 4F3A7 ）"},
      {{.outbox_id = "m",
        .outcome = "bounced",
        .reply = "5.2.2 550 over quota",
        .fault = "mailbox_full"},
       "came back (mailbox full: the mailbox is full): 5.2.2 550 over quota",
       "不達で戻った（受信箱がいっぱい：宛先のメールボックスがいっぱい）。返答：（ 5.2.2 550 over "
       "quota ）"},
      {{.outbox_id = "m",
        .outcome = "withheld",
        .reply = "3 such mails",
        .obstacle = "address_enough"},
       "withheld (the address has had enough such mails): 3 such mails",
       "送らずに終えた（同じ宛先へのメールが続いた）。返答：（ 3 such mails ）"},
      {{.outbox_id = "m", .outcome = "try_later", .reply = "connection refused", .fault = "ours"},
       "to be tried again (a fault of the portal or its relay): connection refused",
       "後で再送（こちら側の問題）。返答：（ connection refused ）"},
      {{.outbox_id = "m", .outcome = "teleported", .reply = ""}, "teleported", "teleported。"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(in_words(c.attempt, kEn), c.english);
    EXPECT_EQ(in_words(c.attempt, kJa), c.japanese);
  }
}

TEST(Words, KnowEachMessageOfTheForm) {
  for (const Message& message : messages()) {
    const std::string words = words_of_mistake(message.code, kJa);
    EXPECT_TRUE(message.text.starts_with(words.substr(0, words.find("…")))) << message.code;
    EXPECT_TRUE(has_japanese(words)) << message.code;
    EXPECT_EQ(words_of_mistake(message.code, kEn), message.code);
  }
}

// Every kind of verdict with a mail in that state.
std::vector<Verdict> verdicts_with(const MailVerdict& mail) {
  std::vector<Verdict> verdicts;
  for (int kind = 0; kind <= static_cast<int>(Verdict::Kind::kAccount); ++kind) {
    Verdict verdict;
    verdict.kind = static_cast<Verdict::Kind>(kind);
    verdict.judged_at = 1'700'000'000;
    verdict.at = verdict.rival_since = verdict.judged_at - kMinute;
    verdict.number = *RegistrationNumber::parse("契0123456-7-8");
    verdict.address = "t@x.jp";
    const bool page = verdict.kind == Verdict::Kind::kErrorShown;
    verdict.mistakes = page ? "form 503" : "phone_missing";
    verdict.mail = mail;
    verdicts.push_back(verdict);
  }
  return verdicts;
}

// Each verdict is said in both languages, and what is read to a caller has no command, no name for
// programs and no line without words.
TEST(Words, SayEachVerdict) {
  using State = MailVerdict::State;
  std::vector<MailVerdict> mails;
  for (int state = 0; state <= static_cast<int>(State::kFailed); ++state) {
    MailVerdict mail = {
        .state = static_cast<State>(state), .kind = "activation", .reply = "550 no"};
    mail.at = mail.link_until = mail.resend_from = 1'700'000'000;
    mails.push_back(mail);
    for (int link = 0; link <= static_cast<int>(MailVerdict::Link::kEnded); ++link) {
      mail.link = static_cast<MailVerdict::Link>(link);
      for (const auto& row : mail_kinds()) {
        mail.letter = row.kind;
        mails.push_back(mail);
      }
    }
    for (const auto& row : kMailFaultRows) {
      mail.fault = row.fault;
      mail.carrier = mail::carrier_of("t@docomo.ne.jp");
      mails.push_back(mail);
    }
    for (const auto& row : kMailObstacleRows) {
      mail.obstacle = row.obstacle;
      mails.push_back(mail);
    }
  }
  for (const MailVerdict& mail : mails) {
    for (const Verdict& verdict : verdicts_with(mail)) {
      const auto english = lines_of(verdict, kEn, "portal.test");
      ASSERT_EQ(english.size(), 1U);
      EXPECT_FALSE(english.front().empty());
      const auto japanese = lines_of(verdict, kJa, "portal.test");
      ASSERT_FALSE(japanese.empty());
      for (const std::string& line : japanese) {
        EXPECT_TRUE(has_japanese(line)) << line;
        EXPECT_EQ(line.find("portalctl"), std::string::npos) << line;
        EXPECT_EQ(line.find('_'), std::string::npos) << line;
        EXPECT_EQ(line.find("JST"), std::string::npos) << line;
        EXPECT_EQ(line.find("。。"), std::string::npos) << line;
      }
    }
  }
}

TEST(Words, TellTheCallerWhatToDoFirst) {
  Verdict verdict;
  verdict.kind = Verdict::Kind::kNotActivated;
  verdict.judged_at = 1'700'024'600;  // 2023-11-15 14:03:20 in Japan
  verdict.at = verdict.judged_at - 2 * kMinute;
  verdict.mail = MailVerdict{
      .state = MailVerdict::State::kSent, .kind = "activation", .reply = "250 2.0.0 Ok"};
  verdict.mail->letter = MailKind::kActivation;
  verdict.mail->at = verdict.judged_at - kMinute;
  verdict.mail->link = MailVerdict::Link::kGood;
  verdict.mail->link_until = verdict.mail->at + kHour;
  verdict.mail->resend_from = verdict.judged_at + 7 * kMinute;
  EXPECT_EQ(
      in_words(verdict, kJa, "portal.test"),
      "14:02 にメールサーバーへ届きました。迷惑メールをご確認いただき、見つからなければ、14:10 "
      "以降に再送できます。\n"
      "リンクは 15:02 まで有効です。\n"
      "相手の返答：（ 250 2.0.0 Ok ）意味：受け取られた。\n"
      "メールのリンクが押されておらず、登録はまだ完了していません（14:01 に確認画面でOK）。");
}

TEST(OpenedLinks, AreReadAsTheyWereWritten) {
  for (const OpenedLinkRow& row : kOpenedLinkRows) {
    for (const bool same : {true, false}) {
      const std::string detail = opened_link_detail(row.state, same, "Mozilla/5.0, elsewhere: x");
      const auto read = read_opened_link(detail);
      ASSERT_TRUE(read) << row.name;
      EXPECT_EQ(read->state, row.state) << row.name;
      EXPECT_EQ(read->same_browser, same) << row.name;
      EXPECT_EQ(read->user_agent, "Mozilla/5.0, elsewhere: x") << row.name;
    }
  }
  EXPECT_FALSE(read_opened_link("good"));
  EXPECT_FALSE(read_opened_link(""));
}

}  // namespace
}  // namespace portal
