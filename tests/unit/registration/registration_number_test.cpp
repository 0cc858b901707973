// RegistrationNumber: its parts, its writings, its standard form.
#include "core/registration/registration_number.h"

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace portal {
namespace {

std::string text_of(const std::optional<RegistrationNumber>& number) {
  return number ? number->text() : "refused";
}

TEST(Institution, HasCodeAndName) {
  EXPECT_EQ(code_of(Institution::kJudo), "judo");
  EXPECT_EQ(code_of(Institution::kAhaki), "ahaki");
  EXPECT_EQ(institution_of("judo"), Institution::kJudo);
  EXPECT_EQ(institution_of("ahaki"), Institution::kAhaki);
  for (const auto* const other : {"", "Judo", "judo ", "clinic"}) {
    EXPECT_EQ(institution_of(other), std::nullopt) << other;
  }
  EXPECT_EQ(name_of(Institution::kJudo), "施術所（柔道整復）");
  EXPECT_EQ(name_of(Institution::kAhaki), "施術所（あん摩マッサージ指圧・はり・きゅう）");
}

TEST(RegistrationNumber, JudoFromParts) {
  const struct {
    const char* label;
    std::string_view agreement, number, suffix1, suffix2;
    std::string_view result;
  } cases[] = {
      {"契", "契", "0123456", "7", "8", "契0123456-7-8"},
      {"協", "協", "0000000", "0", "0", "協0000000-0-0"},
      {"no agreement", "", "0123456", "7", "8", "refused"},
      {"another character", "約", "0123456", "7", "8", "refused"},
      {"契 as U+F909", "\uF909", "0123456", "7", "8", "refused"},
      {"both characters", "協契", "0123456", "7", "8", "refused"},
      {"6 digits", "契", "012345", "7", "8", "refused"},
      {"8 digits", "契", "01234567", "7", "8", "refused"},
      {"letter", "契", "012345a", "7", "8", "refused"},
      {"full-width, not normalised", "契", "０123456", "7", "8", "refused"},
      {"no suffix", "契", "0123456", "", "8", "refused"},
      {"suffix of 2 digits", "契", "0123456", "7", "88", "refused"},
      {"suffix is no digit", "契", "0123456", "x", "8", "refused"},
  };
  for (const auto& c : cases) {
    const auto number = RegistrationNumber::from_parts(
        Institution::kJudo, {c.agreement, c.number, c.suffix1, c.suffix2});
    EXPECT_EQ(text_of(number), c.result) << c.label;
  }
}

TEST(RegistrationNumber, AhakiFromParts) {
  const struct {
    const char* label;
    std::string_view number, suffix1, suffix2;
    std::string_view result;
  } cases[] = {
      {"right", "01234567", "8", "9", "01234567-8-9"},
      {"7 digits", "0123456", "8", "9", "refused"},
      {"9 digits", "012345678", "8", "9", "refused"},
      {"no number", "", "8", "9", "refused"},
      {"letter", "0123456a", "8", "9", "refused"},
      {"no suffix", "01234567", "8", "", "refused"},
      {"suffix of 2 digits", "01234567", "88", "9", "refused"},
  };
  for (const auto& c : cases) {
    const auto number =
        RegistrationNumber::from_parts(Institution::kAhaki, {"", c.number, c.suffix1, c.suffix2});
    EXPECT_EQ(text_of(number), c.result) << c.label;
  }
}

TEST(RegistrationNumber, ParsesUsualWritings) {
  const struct {
    const char* label;
    std::string_view text;
    std::string_view result;
  } cases[] = {
      {"judo, standard", "契0123456-7-8", "契0123456-7-8"},
      {"judo, 協", "協0123456-7-8", "協0123456-7-8"},
      {"judo, no hyphens", "契012345678", "契0123456-7-8"},
      {"judo, full-width", "契０１２３４５６－７－８", "契0123456-7-8"},
      {"judo, long-vowel marks", "契0123456ー7ー8", "契0123456-7-8"},
      {"judo, in brackets", "【契0123456-7-8】", "契0123456-7-8"},
      {"judo, full-width in brackets", "【契０１２３４５６－７－８】", "契0123456-7-8"},
      {"judo, spaces", " 契 0123456 7\u30008\n", "契0123456-7-8"},
      {"judo, spaces around brackets", " 【 契0123456-7-8 】 ", "契0123456-7-8"},
      {"ahaki, standard", "01234567-8-9", "01234567-8-9"},
      {"ahaki, no hyphens", "0123456789", "01234567-8-9"},
      {"ahaki, full-width in brackets", "【０１２３４５６７‐８‐９】", "01234567-8-9"},
      {"empty", "", "refused"},
      {"brackets only", "【】", "refused"},
      {"one bracket", "【契0123456-7-8", "refused"},
      {"the other bracket", "契0123456-7-8】", "refused"},
      {"one bracket and a digit instead of the other", "【契0123456-7-89", "refused"},
      {"one bracket and three more bytes", "【契0123456-7-8000", "refused"},
      {"judo, a digit short", "契0123456-7", "refused"},
      {"judo, a digit over", "契0123456-7-8-9", "refused"},
      {"judo without 協 or 契", "0123456-7-8", "refused"},
      {"協 and 契", "協契0123456-7-8", "refused"},
      {"another character", "約0123456-7-8", "refused"},
      {"契 as U+F909",
       "\uF909"
       "0123456-7-8",
       "refused"},
      {"契 at the end", "0123456-7-8契", "refused"},
      {"ahaki with 契", "契01234567-8-9", "refused"},
      {"ahaki, a digit over", "01234567-8-9-0", "refused"},
      {"letters", "abcdefghij", "refused"},
      {"a letter among digits", "01234567-8-x", "refused"},
      {"characters of the same length in bytes", "契契契契", "refused"},
      {"not UTF-8",
       "\xE5\xA5\xFF"
       "0123456-7-8",
       "refused"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(text_of(RegistrationNumber::parse(c.text)), c.result) << c.label;
  }
}

TEST(RegistrationNumber, ComesApartAgain) {
  const auto judo = RegistrationNumber::parse("協1300001-0-2");
  ASSERT_TRUE(judo);
  EXPECT_EQ(judo->institution(), Institution::kJudo);
  const auto judo_parts = judo->parts();
  EXPECT_EQ(judo_parts.agreement, "協");
  EXPECT_EQ(judo_parts.number, "1300001");
  EXPECT_EQ(judo_parts.suffix1, "0");
  EXPECT_EQ(judo_parts.suffix2, "2");

  const auto ahaki = RegistrationNumber::parse("13000001-0-2");
  ASSERT_TRUE(ahaki);
  EXPECT_EQ(ahaki->institution(), Institution::kAhaki);
  const auto ahaki_parts = ahaki->parts();
  EXPECT_EQ(ahaki_parts.agreement, "");
  EXPECT_EQ(ahaki_parts.number, "13000001");
  EXPECT_EQ(ahaki_parts.suffix1, "0");
  EXPECT_EQ(ahaki_parts.suffix2, "2");
}

TEST(RegistrationNumber, IsReadBackFromItsStandardFormOnly) {
  for (const std::string text : {"契0123456-7-8", "協1300001-0-2", "01234567-8-9"}) {
    EXPECT_EQ(text_of(RegistrationNumber::from_standard_form(text)), text);
  }
  for (const std::string text :
       {"", "契012345678", "契0123456-7-", "契0123456-7-88", "契0123456-7-x", "契0123456_7-8",
        "契0123456-7_8", "約0123456-7-8", "0123456-7-8", "012345678-9-0", "01234567-8-9 ",
        "【契0123456-7-8】", "契０１２３４５６-7-8", "契01234567-8-9"}) {
    EXPECT_FALSE(RegistrationNumber::from_standard_form(text)) << text;
  }
}

TEST(RegistrationNumber, IsEmptyUntilItIsFilledIn) {
  EXPECT_TRUE(RegistrationNumber().empty());
  EXPECT_FALSE(RegistrationNumber::parse("契0123456-7-8")->empty());
}

TEST(RegistrationNumber, OfOneClinicIsEqual) {
  EXPECT_EQ(RegistrationNumber::parse("【契０１２３４５６－７－８】"),
            RegistrationNumber::parse("契012345678"));
  EXPECT_NE(RegistrationNumber::parse("契0123456-7-8"), RegistrationNumber::parse("協0123456-7-8"));
}

TEST(RegistrationNumber, IsFoundAmongWords) {
  constexpr std::array<std::array<std::string_view, 2>, 12> kTexts = {{
      {"登録記号番号 契0123456-7-8", "契0123456-7-8"},
      {"契第０１２３４５６－７－８号", "契0123456-7-8"},
      {"〔協 0123456 7 8〕", "協0123456-7-8"},
      {"（契）0123456-7-8", "契0123456-7-8"},
      {"協会の番号は契0123456-7-8です", "契0123456-7-8"},
      {"登録記号番号：01234567-8-9", "01234567-8-9"},
      {"契01234567-8-9", "01234567-8-9"},
      {"0123456-7-8", ""},
      {"契0123456-7-8、電話03-1234-5678", ""},
      {"契012345", ""},
      {"契", ""},
      {"", ""},
  }};
  for (const auto& [text, expected] : kTexts) {
    const auto number = RegistrationNumber::find_in(text);
    EXPECT_EQ(number ? number->text() : "", expected) << text;
  }
}

}  // namespace
}  // namespace portal
