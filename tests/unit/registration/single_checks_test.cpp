// check_number, check_phone, check_email, email_key: for the lookup and the other forms.
#include <gtest/gtest.h>

#include <string>

#include "forms.h"

namespace portal {
namespace {

TEST(CheckNumber, FindsTheNumberOrTheFirstFieldAtFault) {
  const Entries judo = {{"judo_agreement", "契"},
                        {"judo_number", "０１２３４５６"},
                        {"judo_suffix1", "7"},
                        {"judo_suffix2", "8"}};
  const Entries ahaki = {
      {"ahaki_number", "01234567"}, {"ahaki_suffix1", "8"}, {"ahaki_suffix2", "9"}};
  const Form both = with(with({}, judo), ahaki);
  const struct {
    const char* label;
    Form form;
    const char* number;  // or empty
    const char* field;
    const char* code;
  } cases[] = {
      {"judo", with({}, judo), "契0123456-7-8", "", ""},
      {"ahaki", with({}, ahaki), "01234567-8-9", "", ""},
      {"both, judo chosen", with(both, {{"institution", "judo"}}), "契0123456-7-8", "", ""},
      {"both, ahaki chosen", with(both, {{"institution", "ahaki"}}), "01234567-8-9", "", ""},
      {"both, none chosen", both, "", "institution", "institution_missing"},
      {"nothing", {}, "", "institution", "institution_missing"},
      {"unknown kind", with(both, {{"institution", "x"}}), "", "institution",
       "institution_unknown"},
      {"the chosen kind's fields are not there", with(with({}, ahaki), {{"institution", "judo"}}),
       "", "judo_agreement", "judo_agreement_missing"},
      {"no agreement", with(with({}, judo), {{"judo_agreement", ""}}), "", "judo_agreement",
       "judo_agreement_missing"},
      {"short number", with(with({}, judo), {{"judo_number", "1"}}), "", "judo_number",
       "judo_number_format"},
      {"two at fault", with(with({}, judo), {{"judo_suffix2", ""}, {"judo_suffix1", "77"}}), "",
       "judo_suffix1", "judo_suffix1_format"},
      {"last at fault", with(with({}, ahaki), {{"ahaki_suffix2", "x"}}), "", "ahaki_suffix2",
       "ahaki_suffix2_format"},
  };
  for (const auto& c : cases) {
    const auto checked = check_number(c.form);
    ASSERT_NE(checked.number.has_value(), checked.error.has_value()) << c.label;
    if (checked.number) {
      EXPECT_EQ(checked.number->text(), c.number) << c.label;
    } else {
      EXPECT_EQ(checked.error->field, c.field) << c.label;
      EXPECT_EQ(checked.error->code, c.code) << c.label;
    }
  }
}

TEST(CheckPhone, NormalisesAndNamesTheField) {
  std::string right = "０９０－1234－5678";
  EXPECT_FALSE(check_phone("new_phone", right));
  EXPECT_EQ(right, "09012345678");

  std::string wrong = "９０";
  const auto error = check_phone("new_phone", wrong);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->field, "new_phone");
  EXPECT_EQ(error->code, "phone_format");
  EXPECT_EQ(error->message, "電話番号は0から始まる10桁または11桁の半角数字で入力してください。");
}

TEST(CheckEmail, NormalisesAndNamesTheField) {
  std::string right = "\u3000\u200BTaro＠Example.jp ";
  EXPECT_FALSE(check_email("email", right));
  EXPECT_EQ(right, "Taro@Example.jp");

  std::string missing = " ";
  const auto error = check_email("email", missing);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->field, "email");
  EXPECT_EQ(error->code, "email_missing");
}

TEST(EmailKey, IsTheSameInEveryCase) {
  EXPECT_EQ(email_key("Taro.Yamada+1@Example.JP"), "taro.yamada+1@example.jp");
  EXPECT_EQ(email_key("taro.yamada+1@example.jp"), "taro.yamada+1@example.jp");
  EXPECT_NE(email_key("taroyamada@example.jp"), email_key("taro.yamada@example.jp"));
}

TEST(MailboxKey, IsTheAddressWithoutATag) {
  const struct {
    const char* email;
    const char* key;
  } cases[] = {
      {"Taro@Example.jp", "taro@example.jp"},     {"taro+1@example.jp", "taro@example.jp"},
      {"taro+a+b@example.jp", "taro@example.jp"}, {"taro+@example.jp", "taro@example.jp"},
      {"+taro@example.jp", "+taro@example.jp"},   {"ta.ro@example.jp", "ta.ro@example.jp"},
      {"taro@exam+ple.jp", "taro@exam+ple.jp"},   {"", ""},
  };
  for (const auto& test : cases) EXPECT_EQ(mailbox_key(test.email), test.key) << test.email;
}

}  // namespace
}  // namespace portal
