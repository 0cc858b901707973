// The mails about an account: which one is sent to whom, and what it says.
#include <gtest/gtest.h>

#include "core/database/engine/connection.h"
#include "core/database/tables.h"
#include "core/security/token.h"
#include "office.h"
#include "support/facts.h"

namespace portal {
namespace {

using Round = Mailer::Round;
using testing_portal::fact;

const std::string kOwner = "Hanako@example.jp";
const std::string kOwnerKey = "hanako@example.jp";

// An office with one account, 基金 花子.
class AccountLetter : public testing::Test {
 protected:
  AccountLetter() { office.add_account(kOwnerKey); }

  void queue(const std::string& kind, const std::string& recipient,
             const std::string& account_id = "account-hanako@example.jp") {
    const auto done = office.database().write([&](Connection& connection) {
      OutboxRow row;
      row.id = "row";
      row.kind = kind;
      row.recipient = recipient;
      row.account_id = account_id;
      row.created_at = office.now;
      row.next_attempt_at = office.now;
      Outbox(connection).add(row);
      return Done{};
    });
    ASSERT_TRUE(done) << done.error().message;
  }
  std::string send() {
    EXPECT_EQ(office.mailer().round(never), Round::kWorked);
    return office.echoed();
  }
  template <class F>
  void on_database(const F& function) {
    const auto done = office.database().write([&](Connection& connection) {
      function(connection);
      return Done{};
    });
    ASSERT_TRUE(done) << done.error().message;
  }
  AccountLink link_in(const std::string& text) {
    const std::string token = token_in(text);
    EXPECT_TRUE(is_token(token)) << text;
    const auto link = office.database().read(
        [&](Connection& connection) { return AccountLinks(connection).find(token_hash(token)); });
    EXPECT_TRUE(link && *link) << text;
    return link && *link ? **link : AccountLink{};
  }
  void expect_nothing_sent(const std::string& why) {
    EXPECT_EQ(send(), "");
    EXPECT_TRUE(office.transport.sent.empty());
    EXPECT_EQ(office.row("row").state, "withheld");
    EXPECT_EQ(office.row("row").reply, why);
    EXPECT_EQ(office.count("account_link"), 0);
  }

  Office office;
};

TEST_F(AccountLetter, EachSaysWhoWhatWhenAndWhatToDo) {
  struct Case {
    const char* kind;
    std::vector<const char*> sentences;
  };
  const std::string when = "2023年11月15日 07時13分";  // office.now
  for (const Case& test : std::vector<Case>{
           {"reset",
            {"に、パスワードの再設定のお申し込みを受け付けました。\n",
             "\nhttps://portal.example.jp/password/reset?token=", "有効期限は1時間",
             "現在のパスワードは変わりません。"}},
           {"email_change",
            {"変更するお申し込みを受け付けました。\n", "\nhttps://portal.example.jp/account?token=",
             "有効期限は1時間", "お手続きは不要です。"}},
           {"email_changed",
            {"ご登録のメールアドレスが別のメールアドレスに変更されました。\n",
             "すぐに下記コールセンターまでご連絡ください。"}},
           {"password_changed",
            {"に、パスワードが変更されました。\n", "\nhttps://portal.example.jp/password/forgot\n",
             "コールセンターまでご連絡ください。"}},
           {"account_attacked",
            {"誤ったパスワードによるログインが何度も試みられました。\n",
             "これまでにログインしたことのあるブラウザからは、これまでどおりログインできます。はじ"
             "めて使うブ"
             "ラウザでログインできないときは、パスワードを再設定してください。\n",
             "\nhttps://portal.example.jp/password/forgot\n"}},
           {"account_left",
            {"退会のお手続きが完了し、アカウントは削除されました。\n",
             "\nhttps://portal.example.jp/register\n",
             "すぐに下記コールセンターまでご連絡ください。"}},
           {"account_released",
            {"お客様のアカウントの登録を解除しました。\n", "\nhttps://portal.example.jp/register\n",
             "下記コールセンターまでご連絡ください。"}},
       }) {
    Office fresh;
    fresh.add_account(kOwnerKey);
    fresh.queue("row", kOwner, test.kind);  // its registration is not the account
    const auto done = fresh.database().write([&](Connection& connection) {
      connection.execute("UPDATE outbox SET account_id = $1", {"account-" + kOwnerKey});
      return Done{};
    });
    ASSERT_TRUE(done);
    ASSERT_EQ(fresh.mailer().round(never), Round::kWorked) << test.kind;
    const std::string text = fresh.echoed();
    EXPECT_TRUE(text.starts_with("基金 花子 様\n")) << test.kind << ": " << text;
    EXPECT_NE(text.find(when), std::string::npos) << test.kind << ": " << text;
    EXPECT_NE(text.find(fact("CALL_CENTRE") + "：" + fact("TELEPHONE")), std::string::npos)
        << test.kind;
    EXPECT_EQ(text.find("{{"), std::string::npos) << test.kind << ": " << text;
    for (const char* sentence : test.sentences) {
      EXPECT_NE(text.find(sentence), std::string::npos) << test.kind << ": " << sentence << "\nin\n"
                                                        << text;
    }
    EXPECT_EQ(fresh.row("row").state, "sent") << test.kind;
  }
}

TEST_F(AccountLetter, AResetGoesToTheAccountsOwnAddressWithALink) {
  queue("reset", "HANAKO@example.jp", "");
  office.now += 10 * kMinute;  // its hour begins with the sending
  const AccountLink link = link_in(send());
  EXPECT_EQ(link.account_id, "account-" + kOwnerKey);
  EXPECT_EQ(link.purpose, kResetPurpose);
  EXPECT_EQ(link.email, "");
  EXPECT_EQ(link.sent_at, office.now);
  EXPECT_EQ(link.used_at, 0);
  EXPECT_EQ(office.transport.sent.at(0).to, kOwnerKey);
}

TEST_F(AccountLetter, AResetForAnAddressWithoutAccountEndsWithoutAMail) {
  queue("reset", "nobody@example.jp", "");
  expect_nothing_sent("not sent: no account has this address");
}

// Who forgot to follow the link and believes to have an account gets the link again.
TEST_F(AccountLetter, AResetBeforeActivationSendsTheActivationMailAgain) {
  office.queue("first", "taro@example.jp");
  ASSERT_EQ(office.mailer().round(never), Round::kWorked);
  office.now += 10 * kMinute;
  queue("reset", "TARO@example.jp", "");
  ASSERT_EQ(office.mailer().round(never), Round::kWorked);
  ASSERT_EQ(office.transport.sent.size(), 2U);
  const Sent& again = office.transport.sent.back();
  EXPECT_EQ(again.to, "TARO@example.jp");
  const std::string text = text_of(again);
  EXPECT_NE(text.find("/activate?token="), std::string::npos) << text;
  EXPECT_EQ(text.find("/password/reset"), std::string::npos) << text;
  EXPECT_NE(stop_token_in(text), "") << "whoever did not ask can stop it";
  const auto link = office.database().read([&](Connection& connection) {
    return ActivationLinks(connection).find(token_hash(token_in(text)));
  });
  ASSERT_TRUE(link && *link);
  EXPECT_EQ((*link)->sent_at, office.now);
}

TEST_F(AccountLetter, ADisabledAccountGetsNoLink) {
  on_database([](Connection& c) { Accounts(c).set_state("account-" + kOwnerKey, "disabled"); });
  queue("reset", kOwnerKey, "");
  expect_nothing_sent("not sent: the account is disabled");
}

TEST_F(AccountLetter, ADisabledAccountsAddressDoesNotChange) {
  on_database([](Connection& c) { Accounts(c).set_state("account-" + kOwnerKey, "disabled"); });
  queue("email_change", "new@example.jp");
  expect_nothing_sent("not sent: the account is disabled");
}

TEST_F(AccountLetter, AnAccountThatIsGoneHasNoAddressToChange) {
  queue("email_change", "new@example.jp", "nobody");
  expect_nothing_sent("not sent: the account is gone");
}

TEST_F(AccountLetter, AnEmailChangeGoesToTheNewAddress) {
  queue("email_change", "New@example.jp");
  const AccountLink link = link_in(send());
  EXPECT_EQ(link.account_id, "account-" + kOwnerKey);
  EXPECT_EQ(link.purpose, kEmailChangePurpose);
  EXPECT_EQ(link.email, "New@example.jp");
  EXPECT_EQ(office.transport.sent.at(0).to, "New@example.jp");
}

TEST_F(AccountLetter, WhoeverLeftIsStillCalledByName) {
  office.queue("gone", "taro@example.jp");  // registration-gone, 髙﨑 太郎; it was never an account
  queue("account_left", "taro@example.jp", "registration-gone");
  EXPECT_NE(send().find("髙﨑 太郎 様\n\n登録記号番号：契0123456-7-8\n\nこれまで" +
                        fact("PORTAL_SHORT_NAME")),
            std::string::npos)
      << office.echoed();
}

TEST_F(AccountLetter, ANoticeAboutNobodyIsNotSent) {
  queue("password_changed", "a@example.jp", "nobody");
  expect_nothing_sent("not sent: the account is gone");
}

TEST_F(AccountLetter, EachKindHasASubjectOfItsOwnAndHtml) {
  const auto view = View::load(PORTAL_SOURCE_DIR "/templates", letter_templates());
  ASSERT_TRUE(view) << view.error().message;
  const std::pair<const char*, const char*> subjects[] = {
      {"reset", "パスワード再設定のご案内"},
      {"email_change", "メールアドレス変更の確認"},
      {"email_changed", "メールアドレスを変更しました"},
      {"password_changed", "パスワードを変更しました"},
      {"account_attacked", "ログインの失敗が続いています"},
      {"account_left", "退会のお手続きが完了しました"},
      {"account_released", "アカウントの登録を解除しました"},
  };
  for (const auto& [kind, subject] : subjects) {
    const Letter letter{kind, "a@example.jp", {"<b>", "花子"}, "T", 1'700'000'000};
    const auto message = write_letter(**view, letter, {"https://x.jp", "n@x.jp", "1", 0});
    ASSERT_TRUE(message) << message.error().message;
    EXPECT_EQ(message->subject, "【" + fact("PORTAL_NAME") + "】" + std::string(subject));
    EXPECT_NE(message->html.find("<title>" + message->subject + "</title>"), std::string::npos);
    EXPECT_NE(message->html.find("<p>&lt;b&gt; 花子 様</p>"), std::string::npos) << message->html;
    EXPECT_NE(message->html.find("2023年11月15日 07時13分"), std::string::npos) << kind;
    EXPECT_NE(message->html.find(fact("TELEPHONE")), std::string::npos) << kind;
  }
}

}  // namespace
}  // namespace portal
