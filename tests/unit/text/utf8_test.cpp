// valid_utf8, code_points, cut: what is a character, and how many there are.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/text/text.h"

namespace portal {
namespace {

using namespace std::string_view_literals;

TEST(Utf8, IsWellFormedOrRefused) {
  std::string ascii;
  for (char c = 1; c > 0 && c < 0x7F; ++c) ascii += c;
  ascii += '\x7F';
  const struct {
    const char* label;
    std::string_view text;
    bool valid;
  } cases[] = {
      {"empty", "", true},
      {"ASCII", "abc", true},
      {"Japanese", "髙﨑", true},
      {"four bytes", "𠮷", true},
      {"Japanese within ASCII", "a髙b﨑c", true},
      {"first of two bytes", "\xC2\x80", true},
      {"first of three bytes", "\xE0\xA0\x80", true},
      {"first of four bytes", "\xF0\x90\x80\x80", true},
      {"before the surrogates", "\xED\x9F\xBF", true},
      {"after the surrogates", "\xEE\x80\x80", true},
      {"noncharacter U+FFFF", "\xEF\xBF\xBF", true},
      {"last, U+10FFFF", "\xF4\x8F\xBF\xBF", true},
      {"NUL", "a\0b"sv, false},
      {"NUL alone", "\0"sv, false},
      {"NUL after Japanese", "髙\0"sv, false},
      {"overlong NUL", "\xC0\x80", false},
      {"overlong slash, two bytes", "\xC0\xAF", false},
      {"overlong U+007F", "\xC1\xBF", false},
      {"overlong, three bytes", "\xE0\x80\xAF", false},
      {"overlong U+07FF", "\xE0\x9F\xBF", false},
      {"overlong, four bytes", "\xF0\x80\x80\xAF", false},
      {"overlong U+FFFF", "\xF0\x8F\xBF\xBF", false},
      {"first surrogate", "\xED\xA0\x80", false},
      {"last surrogate", "\xED\xBF\xBF", false},
      {"a pair of surrogates (CESU-8)", "\xED\xA1\x82\xED\xBE\xB7", false},
      {"U+110000", "\xF4\x90\x80\x80", false},
      {"lead byte F5", "\xF5\x80\x80\x80", false},
      {"five bytes", "\xF8\x88\x80\x80\x80", false},
      {"byte FE", "\xFE", false},
      {"byte FF", "\xFF", false},
      {"continuation alone", "\x80", false},
      {"one continuation too many", "\xE9\xAB\x99\x80", false},
      {"truncated, two bytes", "\xC2", false},
      {"truncated, three bytes", "\xE9\xAB", false},
      {"truncated, four bytes", "\xF0\xA0\xAE", false},
      {"truncated before text",
       "\xE9\xAB"
       "a",
       false},
      {"Shift_JIS", "\x8D\x82", false},
      {"every character of ASCII but NUL", ascii, true},
      {"ASCII around others", "a髙b𠮷c", true},
      {"a wrong byte after ASCII", "abcdefgh\x80", false},
      {"NUL after ASCII", "abcdefgh\0i"sv, false},
      {"a wrong byte after others and ASCII", "髙abc\xFF", false},
  };
  for (const auto& c : cases) EXPECT_EQ(text::valid_utf8(c.text), c.valid) << c.label;
}

TEST(Utf8, CountsCodePoints) {
  const struct {
    const char* label;
    std::string_view text;
    std::size_t count;
  } cases[] = {
      {"empty", "", 0},
      {"ASCII", "abc", 3},
      {"three bytes each", "髙﨑", 2},
      {"a surrogate pair in UTF-16", "𠮷野", 2},
      {"with a combining mark", "か\u3099", 2},
      {"with a variation selector", "葛\U000E0100", 2},
      {"a family", "👨\u200D👩", 3},
  };
  for (const auto& c : cases) EXPECT_EQ(text::code_points(c.text), c.count) << c.label;
}

TEST(Utf8, IsCutBetweenCharacters) {
  const struct {
    const char* label;
    std::string_view text;
    std::size_t bytes;
    std::string_view cut;
  } cases[] = {
      {"short enough", "abc", 4, "abc"},
      {"just fits", "abc", 3, "abc"},
      {"ASCII", "abc", 2, "ab"},
      {"to nothing", "abc", 0, ""},
      {"at a border", "髙﨑", 3, "髙"},
      {"one byte over", "髙﨑", 4, "髙"},
      {"two bytes over", "髙﨑", 5, "髙"},
      {"within the first", "𠮷", 3, ""},
      {"empty", "", 0, ""},
  };
  for (const auto& c : cases) EXPECT_EQ(text::cut(c.text, c.bytes), c.cut) << c.label;
}

TEST(Repaired, KeepsWhatIsGoodAndReplacesTheRestByteByByte) {
  EXPECT_EQ(text::repaired("髙﨑 taro"), "髙﨑 taro");
  EXPECT_EQ(text::repaired(""), "");
  EXPECT_EQ(text::repaired("a\xff\xe3\x81z"), "a???z");
  EXPECT_EQ(text::repaired(std::string_view("a\0b", 3)), "a?b");
}

}  // namespace
}  // namespace portal
