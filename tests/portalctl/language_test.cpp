// In which language portalctl speaks to the call centre, and that programs always read the same.
#include "core/base/japan_time.h"
#include "timeline.h"

namespace portalctl_test {
namespace {

class SpokenLanguage : public Timeline {
 protected:
  void SetUp() override {
    Timeline::SetUp();
    on([](Connection& c) { Roster(c).put(a_clinic(kNumber, "みなと整骨院")); });
    note_form(TimelineEvent::kFormRefused, now_ - 900, "phone_format");
    register_person(now_ - 700);
    mailer(now_ - 600, "delivered", "250 2.0.0 Ok", [&](Outbox& outbox) {
      return outbox.mark_sent("m", "mailer", now_ - 600, "250 2.0.0 Ok");
    });
  }
  // What the verb says where the environment is that.
  Ran in(const std::string& environment, const std::string& arguments) const {
    return run(arguments, "portal.conf", "-u LC_ALL -u LC_MESSAGES -u LANG " + environment);
  }
  const std::string timeline_ = std::string("timeline ") + kNumber;
};

TEST_F(SpokenLanguage, IsThatOfTheOptionElseOfTheEnvironment) {
  const struct {
    const char* environment;
    const char* option;
    bool japanese;
  } cases[] = {
      {"", "", false},
      {"LANG=ja_JP.UTF-8", "", true},
      {"LANG=ja_JP.eucJP", "", true},
      {"LANG=ja", "", true},
      {"LC_MESSAGES=ja_JP LANG=en_US.UTF-8", "", true},
      {"LC_ALL=C LANG=ja_JP.UTF-8", "", false},
      {"LC_ALL= LANG=ja_JP.UTF-8", "", true},
      {"LC_ALL=ja_JP.UTF-8 LC_MESSAGES=C LANG=C", "", true},
      {"LC_ALL=ja_JP.UTF-8", "--lang en", false},
      {"LC_ALL=C", "--lang ja", true},
      {"LANGUAGE=ja LANG=en_US.UTF-8", "", false},
  };
  for (const auto& c : cases) {
    const auto ran = in(c.environment, timeline_ + " " + c.option);
    EXPECT_EQ(ran.status, 0) << c.environment << ran.error;
    EXPECT_EQ(ran.out.find("誤りがありました") != std::string::npos, c.japanese)
        << c.environment << " " << c.option;
    EXPECT_EQ(ran.out.find("with mistakes") == std::string::npos, c.japanese)
        << c.environment << " " << c.option;
  }
}

TEST_F(SpokenLanguage, IsWrongUsageIfItIsNone) {
  for (const char* verb :
       {"timeline 01234567-8-9", "registration list", "mail list", "mail show m", "mail status",
        "account show 01234567-8-9", "roster show 01234567-8-9"}) {
    const auto ran = run(std::string(verb) + " --lang fr");
    EXPECT_EQ(ran.status, 2) << verb;
    expect_has(ran.error, "--lang fr: expected ja or en");
    EXPECT_EQ(ran.out, "") << verb;
    EXPECT_EQ(in("LANG=xx_YY.UTF-8", "roster show 01234567-8-9").status, 0);
  }
}

TEST_F(SpokenLanguage, TellsTheTimelineInJapanese) {
  const auto ran = run("timeline --lang ja 01234567-8-9");
  EXPECT_EQ(ran.status, 0) << ran.error;
  expect_has(
      ran.out,
      "  入力画面が送信されましたが、誤りがありました：「電話番号は0から始まる10桁または11桁の"
      "半角数字で入力してください」。\n");
  expect_has(ran.out,
             "登録が申請されました。リンクはまだ押されていません。【01234567-8-9 "
             "H***@example.jp】\n");
  expect_has(ran.out, " ***@example.jp 宛てに用意しました（メールID： m ）。\n");
  expect_has(ran.out, "：送信済み（受け取られた）。返答：（ 250 2.0.0 Ok ）\n");
  const std::string verdict = ran.out.substr(ran.out.find("\n\n") + 2);
  const std::string at = japan_said(now_ - 600, system_now());
  EXPECT_TRUE(verdict.starts_with(at + " にメールサーバーへ届きました。迷惑メールをご確認いただき、"
                                       "見つからなければ、いま再送できます。\nリンクは "))
      << verdict;
  expect_has(verdict, "\nコマンド：portalctl registration resend\n");
  for (const char* english : {" JST", "mail_", "form_", "activation", "The ", "registered"}) {
    EXPECT_EQ(ran.out.find(english), std::string::npos) << english << "\n" << ran.out;
  }
}

TEST_F(SpokenLanguage, ChangesNothingForPrograms) {
  for (const char* verb : {"timeline 01234567-8-9", "registration list", "mail list", "mail status",
                           "roster show 01234567-8-9"}) {
    const std::string arguments = std::string(verb) + " --json";
    const auto english = run(arguments);
    EXPECT_EQ(english.status, 0) << verb << english.error;
    const auto without_ages = [](std::string text) {
      for (const char* key : {"\"oldest_seconds\":", "\"at\":", "\"time\":"}) {
        for (auto at = text.find(key); at != std::string::npos; at = text.find(key, at + 1)) {
          text.erase(at, text.find_first_of(",}", at) - at);
        }
      }
      return text;
    };
    const std::string expected = without_ages(english.out);
    EXPECT_EQ(without_ages(run(arguments + " --lang ja").out), expected) << verb;
    EXPECT_EQ(without_ages(in("LC_ALL=ja_JP.UTF-8", arguments).out), expected) << verb;
  }
}

// Every listing has a label for each of its fields, and words for what the database calls by codes.
TEST_F(SpokenLanguage, ListsInJapanese) {
  activate(now_ - 500);
  const struct {
    const char* verb;
    std::vector<const char*> words;
  } cases[] = {
      {"registration list",
       {"状態：有効化済み", "登録記号番号：01234567-8-9", "メールの状態：送信済み",
        "相手の返答：250 2.0.0 Ok"}},
      {"mail list",
       {"種類：有効化用リンク", "状態：送信済み", "宛先：H***@example.jp",
        "すべてのメール：送信待ち 0通、送信済み 1通"}},
      {"mail show m", {"種類：有効化用リンク", "状態：送信済み", "結果：送信済み", "経過："}},
      {"mail status", {"状態：送信済み", "送信：送信中"}},
      {"account show 01234567-8-9", {"状態：有効", "施術所名：みなと整骨院"}},
      {"roster show 01234567-8-9", {"施術所名：みなと整骨院", "所属機関：あん摩"}},
  };
  for (const auto& c : cases) {
    const auto ran = run(std::string(c.verb) + " --lang ja");
    EXPECT_EQ(ran.status, 0) << c.verb << ran.error;
    for (const char* words : c.words) expect_has(ran.out, words);
    // A label that is missing is the English name before the colon.
    for (std::size_t at = 0; (at = ran.out.find("：", at)) != std::string::npos; ++at) {
      EXPECT_FALSE(at > 1 && ran.out[at - 1] >= 'a' && ran.out[at - 1] <= 'z' &&
                   ran.out[at - 2] != 'I')
          << c.verb << ": " << ran.out.substr(at > 20 ? at - 20 : 0, 40);
    }
  }
}

}  // namespace
}  // namespace portalctl_test
