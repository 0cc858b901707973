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

}  // namespace
}  // namespace portal
