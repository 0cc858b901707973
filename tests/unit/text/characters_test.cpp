// has_control, printable, blank: what cannot be seen.
#include <gtest/gtest.h>

#include <string_view>

#include "core/text/text.h"

namespace portal {
namespace {

TEST(Characters, ControlAndPrintableAndBlank) {
  const struct {
    const char* label;
    std::string_view text;
    bool has_control;
    bool printable;
    bool blank;
  } cases[] = {
      {"empty", "", false, true, true},
      {"ASCII", "Taro 1!", false, true, false},
      {"Japanese", "髙﨑 𠮷", false, true, false},
      {"space", " ", false, true, true},
      {"ideographic space", "\u3000", false, true, true},
      {"no-break space", "\u00A0", false, true, true},
      {"combining mark", "か\u3099", false, true, false},
      {"ideographic variation", "葛\U000E0100", false, true, false},
      {"joiner in an emoji", "👨\u200D👩", false, true, false},
      {"private use", "\uE000", false, true, false},
      {"an emoji newer than the tables", "\U0001FAE9", false, true, false},
      {"tab", "a\tb", true, false, false},
      {"line feed", "a\nb", true, false, false},
      {"carriage return", "a\rb", true, false, false},
      {"escape", "a\x1B", true, false, false},
      {"delete", "a\x7F", true, false, false},
      {"C1: next line", "a\u0085", true, false, false},
      {"C1: last", "a\u009F", true, false, false},
      {"line separator", "a\u2028", true, false, false},
      {"paragraph separator", "a\u2029", true, false, false},
      {"tab alone", "\t", true, false, true},
      {"right-to-left mark", "a\u200F", true, true, false},
      {"right-to-left override", "a\u202E", true, true, false},
      {"isolate", "a\u2066", true, true, false},
      {"Arabic letter mark", "a\u061C", true, true, false},
      {"byte order mark", "\uFEFFa", true, true, false},
      {"zero-width space", "a\u200B", true, true, false},
      {"word joiner", "a\u2060", true, true, false},
      {"soft hyphen", "a\u00AD", true, true, false},
      {"interlinear annotation", "a\uFFF9", true, true, false},
      {"tag", "a\U000E0041", true, true, false},
      {"Hangul filler", "a\u3164", true, true, false},
      {"zero-width space alone", "\u200B", true, true, true},
      {"Hangul filler alone", "\u3164", true, true, true},
      {"joiner alone", "\u200D", false, true, true},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(text::has_control(c.text), c.has_control) << c.label;
    EXPECT_EQ(text::printable(c.text), c.printable) << c.label;
    EXPECT_EQ(text::blank(c.text), c.blank) << c.label;
  }
}

TEST(Characters, TheUnseenAreTold) {
  const struct {
    std::string_view text;
    std::size_t position;
    std::string_view visible;
    std::string_view json;
  } cases[] = {
      {"", 0, "", ""},
      {"髙﨑 𠮷\u3000か\u3099", 0, "髙﨑 𠮷\u3000か\u3099", "髙﨑 𠮷\u3000か\u3099"},
      {"葛\U000E0100", 0, "葛\U000E0100", "葛\U000E0100"},
      {"a\x1B[2J", 2, "a<U+001B>[2J", "a\\u001B[2J"},
      {"\a\b\r\n\t\x7F", 1, "<U+0007><U+0008><U+000D><U+000A><U+0009><U+007F>",
       "\\u0007\\u0008\\u000D\\u000A\\u0009\\u007F"},
      {"院\u0085\u009B", 2, "院<U+0085><U+009B>", "院\\u0085\\u009B"},
      {"整\u200B骨\u200D院", 2, "整<U+200B>骨<U+200D>院", "整\\u200B骨\\u200D院"},
      {"\u202E\u2066\u061C\u200F", 1, "<U+202E><U+2066><U+061C><U+200F>",
       "\\u202E\\u2066\\u061C\\u200F"},
      {"\u2028\u2029\uFEFF\u00AD", 1, "<U+2028><U+2029><U+FEFF><U+00AD>",
       "\\u2028\\u2029\\uFEFF\\u00AD"},
      {"a\U000E0041", 2, "a<U+E0041>", "a\\uDB40\\uDC41"},
  };
  for (const auto& test : cases) {
    EXPECT_EQ(text::position_of_unseen(test.text), test.position) << test.visible;
    EXPECT_EQ(text::visible(test.text), test.visible);
    EXPECT_EQ(text::visible_json(test.text), test.json);
  }
  EXPECT_EQ(text::visible("a\xFF\xE3\x81z"), "a<0xFF><0xE3><0x81>z");
  EXPECT_EQ(text::name_of_character("整\u200B骨", 2), "U+200B");
  EXPECT_EQ(text::name_of_character("整\u200B骨", 3), "骨");
}

}  // namespace
}  // namespace portal
