// What the mails say, and which one is sent.
#include <Poco/RegularExpression.h>
#include <gtest/gtest.h>

#include "core/database/mail/mail_kind.h"
#include "core/database/tables.h"
#include "core/mail/message.h"
#include "core/registration/policy.h"
#include "core/security/token.h"
#include "office.h"
#include "support/facts.h"

namespace portal {
namespace {

using Round = Mailer::Round;
using testing_portal::fact;

TEST(Letter, SaysEverySentenceOfTheManual) {
  Office office;
  office.queue("row", "taro@example.jp");
  ASSERT_EQ(office.mailer().round(never), Round::kWorked);
  const std::string text = text_of(office.transport.sent.front());
  EXPECT_EQ(text, office.echoed());
  std::string::size_type place = 0;
  for (const std::string& sentence : std::vector<std::string>{
           "髙﨑 太郎 様\n", "\n登録記号番号：契0123456-7-8\n",
           "\n" + fact("PORTAL_SHORT_NAME") + "へご登録いただきありがとうございます。\n",
           "以下リンクをクリックすることで、アカウントが有効化されます。\n", "\n=====\n",
           "有効化用リンク\n", "https://portal.example.jp/activate?token=" + token_in(text) + "\n",
           "\n=====\n", "\n※本URLの有効期限は1時間となります。\n",
           "\n※本メールは送信専用です。本メールへの返信にはご回答できません。\n",
           "\n※本メールにお心当たりのない場合やご不明な点がある場合は以下よりお問い合わせください。"
           "\n",
           "\n*****\n", fact("OPERATOR") + " " + fact("OPERATOR_DEPARTMENT") + "\n",
           fact("SENDER_AFFAIRS") + "\n", fact("SENDER_SUBJECT") + "\n",
           fact("CALL_CENTRE") + "：" + fact("TELEPHONE") + "（" + fact("TELEPHONE_COST_IN_MAIL") +
               "）\n",
           fact("WEEKDAYS") + fact("WEEKDAY_HOURS") + " " + fact("SATURDAYS") +
               fact("SATURDAY_HOURS") + "（いずれも" + fact("HOLIDAYS") + "）\n",
           "\n*****\n",
           // What the manual does not have comes last.
           "\n※お申し込みをした覚えのない場合は、次のページで、お申し込みの取り消しとメールの停止が"
           "できます。"
           "\n",
           "心当たりがない\n",
           "https://portal.example.jp/mail/stop?token=" + stop_token_in(text) + "\n"}) {
    const auto found = text.find(sentence, place == 0 ? 0 : place - 1);  // in this order
    ASSERT_NE(found, std::string::npos) << sentence << "\nin\n" << text;
    place = found + sentence.size();
  }
}

TEST(Letter, TheLinkIsKeptAsAHashWithTheTimeOfSending) {
  Office office;
  office.queue("row", "taro@example.jp");
  office.now += 10 * kMinute;  // it waited; its hour begins only now
  ASSERT_EQ(office.mailer().round(never), Round::kWorked);
  const std::string token = token_in(office.echoed());
  ASSERT_TRUE(is_token(token));
  const auto checked = office.database().read([&](Connection& connection) {
    const auto link = ActivationLinks(connection).find(token_hash(token));
    const auto registration = Registrations(connection).find("registration-row");
    return link && link->registration_id == "registration-row" && link->sent_at == office.now &&
           registration && registration->expires_at == office.now + kLinkLifetime &&
           !ActivationLinks(connection).find(token);
  });
  ASSERT_TRUE(checked);
  EXPECT_TRUE(*checked);
  EXPECT_EQ(office.transport.sent.front().to, "taro@example.jp");
  EXPECT_NE(office.transport.sent.front().message.find("Message-ID: <row@example.jp>\r\n"),
            std::string::npos);
}

TEST(Letter, AnAddressWithAnAccountGetsTheNoticeInstead) {
  Office office;
  office.queue("row", "hanako@example.jp");
  office.add_account("hanako@example.jp");
  ASSERT_EQ(office.mailer().round(never), Round::kWorked);
  EXPECT_EQ(office.row("row").state, "sent");
  EXPECT_EQ(office.count("activation_link"), 0);
  const std::string text = office.echoed();
  for (const std::string expected :
       {"基金 花子 様", "このメールアドレスはすでに登録されています。",
        "現在のご登録内容に変更はありません。", "https://portal.example.jp/login\n",
        "https://portal.example.jp/password/forgot\n",
        "\nhttps://portal.example.jp/mail/stop?token=", fact("TELEPHONE").c_str()}) {
    EXPECT_NE(text.find(expected), std::string::npos) << expected << "\nin\n" << text;
  }
  EXPECT_EQ(text.find("髙﨑"), std::string::npos) << "a stranger's words are not passed on";
  EXPECT_EQ(text.find("activate"), std::string::npos);
}

TEST(Letter, NobodyGetsOneThatIsNotNeeded) {
  Office office;
  office.queue("gone", "a@example.jp");
  office.queue("active", "b@example.jp");
  const auto done = office.database().write([&](Connection& connection) {
    Outbox(connection).add({"orphan", "activation", "no such", "c@example.jp", 1, 1, 0});
    return Registrations(connection)
        .mark_activated("registration-active", "b@example.jp", office.now);
  });
  ASSERT_TRUE(done && *done);
  ASSERT_EQ(office.mailer().round(never), Round::kWorked);
  EXPECT_EQ(office.row("orphan").state, "withheld");
  EXPECT_EQ(office.row("orphan").reply, "the registration is gone");
  EXPECT_EQ(office.row("active").state, "withheld");
  EXPECT_EQ(office.row("active").reply, "the registration is activated already");
  ASSERT_EQ(office.transport.sent.size(), 1U);
  EXPECT_EQ(office.transport.sent.front().to, "a@example.jp");
}

TEST(Letter, AKindOfANewerProgramWaitsForANewerMailer) {
  Office office;
  office.queue("row", "a@example.jp", "anniversary");
  ASSERT_EQ(office.mailer().round(never), Round::kWorked);
  EXPECT_TRUE(office.transport.sent.empty());
  EXPECT_EQ(office.row("row").state, "queued");
  EXPECT_EQ(office.row("row").next_attempt_at, office.now + 30);
}

// The buttons of a letter: URL and words.
std::vector<std::string> buttons_of(const std::string& html) {
  const Poco::RegularExpression button("<a href=\"([^\"]*)\" style=\"[^\"]*\">([^<]*)</a></td>");
  std::vector<std::string> buttons;
  Poco::RegularExpression::MatchVec match;
  for (std::size_t at = 0; button.match(html, at, match) > 0; at = match[0].offset + 1) {
    buttons.push_back(html.substr(match[1].offset, match[1].length) + " " +
                      html.substr(match[2].offset, match[2].length));
  }
  return buttons;
}

// All that `letter` has, with its kind's own link.
Letter full_letter(const std::string& kind) {
  const Applicant person = {"髙﨑", "太郎", a_number("契0123456-7-8"), "", "a@example.jp"};
  Letter letter{kind, "a@example.jp", person, "T", 0};
  const auto row = find_mail_kind(kind);
  if (row && row_of(*row).limited) letter.stop_token = "S";
  if (kind == "listed") {
    letter.person = {};
    letter.number = a_number("契0123456-7-8");
  }
  letter.clinic = "みなと整骨院";
  return letter;
}

mail::Message written(const View& view, const Letter& letter) {
  auto message = write_letter(view, letter, {"https://x.jp", "n@x.jp", "1", 0});
  EXPECT_TRUE(message) << message.error().message;
  return message ? *message : mail::Message{};
}

TEST(Letter, EachNamesTheClinicAndItsNumberInBothParts) {
  const auto view = View::load(PORTAL_SOURCE_DIR "/templates", letter_templates());
  ASSERT_TRUE(view) << view.error().message;
  for (const MailKindRow& row : mail_kinds()) {
    const auto message = written(**view, full_letter(std::string(row.name)));
    EXPECT_NE(message.text.find("施術所名：みなと整骨院\n登録記号番号：契0123456-7-8\n\n"),
              std::string::npos)
        << message.text;
    EXPECT_NE(message.html.find("施術所名：みなと整骨院<br>\n登録記号番号：契0123456-7-8</p>"),
              std::string::npos)
        << message.html;
  }
  Letter closed = full_letter("reset");
  closed.clinic.clear();
  const auto message = written(**view, closed);
  EXPECT_NE(message.text.find("様\n\n登録記号番号：契0123456-7-8\n\n"), std::string::npos);
  EXPECT_EQ(message.text.find("施術所名"), std::string::npos) << message.text;
  closed.person.number = {};
  EXPECT_EQ(written(**view, closed).text.find("登録記号番号"), std::string::npos);
}

TEST(Letter, EachHasOneButtonWithItsUrlBelowAndTheStopLinkLast) {
  const auto view = View::load(PORTAL_SOURCE_DIR "/templates", letter_templates());
  ASSERT_TRUE(view) << view.error().message;
  for (const MailKindRow& row : mail_kinds()) {
    const auto message = written(**view, full_letter(std::string(row.name)));
    const auto buttons = buttons_of(message.html);
    EXPECT_EQ(buttons.size(), row.kind == MailKind::kEmailChanged ? 0U : 1U) << row.name;
    for (const std::string& button : buttons) {
      const std::string url = button.substr(0, button.find(' '));
      EXPECT_NE(message.html.find("\">" + url + "</p>"), std::string::npos) << row.name;
      EXPECT_NE(message.text.find("\n" + button.substr(url.size() + 1) + "\n"), std::string::npos)
          << row.name;
    }
    const auto stop = message.html.find("https://x.jp/mail/stop?token=S");
    EXPECT_EQ(stop != std::string::npos, row.limited) << row.name;
    if (!row.limited) continue;
    EXPECT_GT(stop, message.html.rfind("*****")) << row.name;
    EXPECT_TRUE(message.text.ends_with("心当たりがない\nhttps://x.jp/mail/stop?token=S\n"))
        << message.text;
  }
}

TEST(Letter, EachFitsAPhoneAndDarkModeAndIsSmall) {
  const auto view = View::load(PORTAL_SOURCE_DIR "/templates", letter_templates());
  ASSERT_TRUE(view) << view.error().message;
  constexpr std::size_t kMost = 10UL * 1024;
  for (const MailKindRow& row : mail_kinds()) {
    const auto message = written(**view, full_letter(std::string(row.name)));
    for (const char* const part :
         {"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
          "<meta name=\"color-scheme\" content=\"light dark\">"}) {
      EXPECT_NE(message.html.find(part), std::string::npos) << row.name;
    }
    // Nothing is fetched, and nothing for which a mail program drops all styles.
    for (const char* const part : {"<img", "url(", "<style", "<script", "<link", "class="}) {
      EXPECT_EQ(message.html.find(part), std::string::npos) << row.name << ": " << part;
    }
    EXPECT_EQ(message.html.find("{{"), std::string::npos) << row.name;
    const auto encoded = mail::encode(message);
    ASSERT_TRUE(encoded);
    EXPECT_LT(encoded->size(), kMost) << row.name;
  }
}

// A name that was accepted before there was a rule against it.
TEST(Letter, ATypedNameIsNoLink) {
  const auto view = View::load(PORTAL_SOURCE_DIR "/templates", letter_templates());
  ASSERT_TRUE(view) << view.error().message;
  Letter letter = full_letter("activation");
  letter.person.family_name = "http://evil.example/";
  letter.person.given_name = "evil.example a@evil.example";
  const auto message = written(**view, letter);
  for (const std::string& part : {message.text, message.html}) {
    for (const char* const link : {"://evil", "evil.example", "a@evil"}) {
      EXPECT_EQ(part.find(link), std::string::npos) << part;
    }
    EXPECT_NE(part.find("evil.\u200Bexample"), std::string::npos) << part;
  }
}

TEST(Letter, NamesAreEscapedInHtmlOnly) {
  const auto view = View::load(PORTAL_SOURCE_DIR "/templates", letter_templates());
  ASSERT_TRUE(view) << view.error().message;
  const Letter letter{"activation", "a@example.jp", {"<b>&", "\"x\""}, "T", 0, "S"};
  const auto message = write_letter(**view, letter, {"https://x.jp", "n@x.jp", "1", 0});
  ASSERT_TRUE(message) << message.error().message;
  EXPECT_EQ(message->subject, "【" + fact("PORTAL_NAME") + "】メールアドレス登録確認");
  EXPECT_TRUE(message->text.starts_with("<b>& \"x\" 様\n")) << message->text;
  EXPECT_NE(message->html.find("<p>&lt;b&gt;&amp; &quot;x&quot; 様</p>"), std::string::npos)
      << message->html;
  EXPECT_EQ(buttons_of(message->html),
            std::vector<std::string>{"https://x.jp/activate?token=T 有効化用リンク"})
      << message->html;
  EXPECT_NE(message->html.find(">https://x.jp/activate?token=T</p>"), std::string::npos)
      << message->html;
  EXPECT_NE(message->html.find("<a href=\"https://x.jp/mail/stop?token=S\">"), std::string::npos)
      << message->html;
  EXPECT_NE(message->html.find("<html lang=\"ja\">"), std::string::npos);
}

// Without links, white space and the tags of HTML.
std::string words_of(std::string text) {
  for (const char* other : {"<head>[^\\0]*</head>", "<[^>]*>", "https?://[^\\s]*", "\\s+"}) {
    Poco::RegularExpression(other).subst(text, "", Poco::RegularExpression::RE_GLOBAL);
  }
  return text;
}

TEST(Letter, EachSaysTheSameInTextAndHtml) {
  const auto view = View::load(PORTAL_SOURCE_DIR "/templates", letter_templates());
  ASSERT_TRUE(view) << view.error().message;
  int letters = 0;
  for (const std::string& file : letter_templates()) {
    const std::string kind = file.substr(5, file.find('.') - 5);
    if (kind == "layout" || !file.ends_with(".txt.tpl")) continue;
    ++letters;
    const auto message = written(**view, full_letter(kind));
    // Only HTML has the portal's name above, which the subject says in text.
    EXPECT_EQ(fact("PORTAL_NAME") + words_of(message.text), words_of(message.html)) << kind;
    EXPECT_EQ(message.text.find("{{"), std::string::npos) << kind;
  }
  EXPECT_EQ(letters, 10);
}

}  // namespace
}  // namespace portal
