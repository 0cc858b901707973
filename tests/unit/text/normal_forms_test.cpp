// nfc, trim, tidy, fold_digits, ascii_lower: what becomes of what was typed.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/text/text.h"

namespace portal {
namespace {

struct Case {
  const char* label;
  std::string_view text;
  std::string_view result;
};

TEST(NormalForms, NfcKeepsCompatibilityIdeographs) {
  const Case cases[] = {
      {"empty", "", ""},
      {"ASCII", "Taro", "Taro"},
      {"髙 U+9AD9 and 﨑 U+FA11 stay", "\u9AD9\uFA11", "\u9AD9\uFA11"},
      {"神 U+FA19 stays", "\uFA19", "\uFA19"},
      {"first of the block", "\uF900", "\uF900"},
      {"last that decomposes", "\uFAD9", "\uFAD9"},
      {"U+2F800 stays", "\U0002F800", "\U0002F800"},
      {"U+2FA1D stays", "\U0002FA1D", "\U0002FA1D"},
      {"𠮷 stays", "𠮷", "𠮷"},
      {"kana and voicing mark", "か\u3099き\u3099", "がぎ"},
      {"kana and semi-voicing mark", "は\u309A", "ぱ"},
      {"around one that stays", "か\u3099\uFA19か\u3099", "が\uFA19が"},
      {"several that stay", "\uFA19\uFA1B か\u3099", "\uFA19\uFA1B が"},
      {"mark after one that stays", "\uFA19\u3099", "\uFA19\u3099"},
      {"Latin", "e\u0301", "\u00E9"},
      {"order of marks", "q\u0307\u0323", "q\u0323\u0307"},
      {"order of marks after one that stays", "\uFA19\u0307\u0323", "\uFA19\u0323\u0307"},
      {"Hangul", "\u1112\u1161\u11AB", "\uD55C"},
      {"ideographic variation stays", "葛\U000E0100", "葛\U000E0100"},
      {"no NFKC: half-width kana stays", "ﾀﾛｳ", "ﾀﾛｳ"},
      {"no NFKC: full-width letters stay", "Ａ１", "Ａ１"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(text::nfc(c.text), c.result) << c.label;
    EXPECT_EQ(text::nfc(c.result), c.result) << c.label << ", twice";
  }
}

std::string with_marks(std::size_t count, std::string_view mark) {
  std::string text = "q";
  for (std::size_t i = 0; i < count; ++i) text += mark;
  return text;
}

TEST(NormalForms, NfcLeavesHeapsOfMarksAlone) {
  const std::string above = "\u0307";
  const std::string below = "\u0323";  // comes first in NFC
  EXPECT_EQ(text::nfc(with_marks(29, above) + below),
            "q" + below + with_marks(29, above).substr(1));
  EXPECT_EQ(text::nfc(with_marks(30, above) + below), with_marks(30, above) + below);
  // Tibetan vowel signs of combining class 0 become pairs of marks that are sorted.
  EXPECT_EQ(text::nfc(with_marks(31, "\u0F73")), with_marks(31, "\u0F73"));
  EXPECT_EQ(text::nfc(with_marks(1, "\u0F73")), "q\u0F71\u0F72");
}

TEST(NormalForms, TrimDropsWhiteSpaceAtTheEndsOnly) {
  const Case cases[] = {
      {"empty", "", ""},
      {"nothing to do", "田中", "田中"},
      {"spaces", "  田中 ", "田中"},
      {"ideographic spaces", "\u3000田中\u3000\u3000", "田中"},
      {"no-break, en, thin, narrow", "\u00A0\u2002\u2009\u202F田中\u205F", "田中"},
      {"tabs and line ends", "\t\r\n田中\v\f\n", "田中"},
      {"next line, line separator", "\u0085田中\u2028", "田中"},
      {"within stays", " 田\u3000中 ", "田\u3000中"},
      {"white space only", " \u3000\t\u00A0", ""},
      {"one character", " a ", "a"},
      {"not normalised", " か\u3099 ", "か\u3099"},
      {"zero-width space is none", "\u200B田", "\u200B田"},
  };
  for (const auto& c : cases) EXPECT_EQ(text::trim(c.text), c.result) << c.label;
}

TEST(NormalForms, TidyIsNfcAndTrim) {
  const Case cases[] = {
      {"both", "\u3000か\u3099とう ", "がとう"},
      {"empty", "", ""},
      {"white space only", "\u3000 \t", ""},
      {"surrogate pair and compatibility ideograph", " 𠮷\uFA19\n", "𠮷\uFA19"},
      {"em quad, which NFC turns into another space", "\u2001田中\u2001", "田中"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(text::tidy(c.text), c.result) << c.label;
    EXPECT_EQ(text::tidy(c.result), c.result) << c.label << ", twice";
  }
}

TEST(NormalForms, FoldDigitsDropsEachKindOfDashAndSpace) {
  const struct {
    const char* label;
    std::string_view dropped;
  } cases[] = {
      {"U+002D hyphen-minus", "-"},
      {"U+2010 hyphen", "\u2010"},
      {"U+2011 no-break hyphen", "\u2011"},
      {"U+2012 figure dash", "\u2012"},
      {"U+2013 en dash", "\u2013"},
      {"U+2014 em dash", "\u2014"},
      {"U+2015 horizontal bar", "\u2015"},
      {"U+2043 hyphen bullet", "\u2043"},
      {"U+2212 minus", "\u2212"},
      {"U+02D7 modifier minus", "\u02D7"},
      {"U+2500 box drawing", "\u2500"},
      {"U+2501 heavy box drawing", "\u2501"},
      {"U+2796 heavy minus", "\u2796"},
      {"U+30FC long-vowel mark", "\u30FC"},
      {"U+FF70 half-width long-vowel mark", "\uFF70"},
      {"U+FF0D full-width hyphen", "\uFF0D"},
      {"U+FE58 small em dash", "\uFE58"},
      {"U+FE63 small hyphen", "\uFE63"},
      {"U+30A0 double hyphen", "\u30A0"},
      {"U+00AD soft hyphen", "\u00AD"},
      {"space", " "},
      {"tab", "\t"},
      {"line feed", "\n"},
      {"U+00A0 no-break space", "\u00A0"},
      {"U+2009 thin space", "\u2009"},
      {"U+3000 ideographic space", "\u3000"},
      {"U+200B zero-width space", "\u200B"},
      {"U+202A of a copied number", "\u202A"},
      {"U+2069 of a copied number", "\u2069"},
      {"U+FEFF byte order mark", "\uFEFF"},
  };
  for (const auto& c : cases) {
    const std::string dash(c.dropped);
    EXPECT_EQ(text::fold_digits("03" + dash + "1234" + dash + "5678"), "0312345678") << c.label;
    EXPECT_EQ(text::fold_digits(dash), "") << c.label;
  }
}

TEST(NormalForms, FoldDigitsKeepsTheRest) {
  const Case cases[] = {
      {"empty", "", ""},
      {"half-width digits", "0123456789", "0123456789"},
      {"full-width digits", "０１２３４５６７８９", "0123456789"},
      {"mixed", "０3－１２３４ー5678", "0312345678"},
      {"beside the full-width digits", "／：", "／："},
      {"letters", "03a", "03a"},
      {"wave dash: several numbers", "03〜9", "03〜9"},
      {"full-width tilde: several numbers", "03～9", "03～9"},
      {"wavy dash", "03\u30309", "03\u30309"},
      {"the kanji one", "一", "一"},
      {"parentheses and plus", "(03)+81", "(03)+81"},
      {"circled digit", "①", "①"},
      {"Arabic digit", "\u0661", "\u0661"},
      {"control character",
       "0\x01"
       "3",
       "0\x01"
       "3"},
      {"dots stay: rosters have decimal numbers", "12.0", "12.0"},
      {"registration number", "【契０１２３４５６－７－８】", "【契012345678】"},
  };
  for (const auto& c : cases) EXPECT_EQ(text::fold_digits(c.text), c.result) << c.label;
}

TEST(NormalForms, FoldNumberDropsBracketsAndDotsToo) {
  const Case cases[] = {
      {"empty", "", ""},
      {"what fold_digits drops", "０3－１２３４ー5678\u202C", "0312345678"},
      {"brackets", "(03)[1234]{5678}", "0312345678"},
      {"full-width brackets", "（03）［1234］｛5678｝", "0312345678"},
      {"Japanese brackets", "〔03〕【1234】「5678」〈9〉", "03123456789"},
      {"angle brackets", "<03>＜1234＞", "031234"},
      {"dots", "03.1234．5678", "0312345678"},
      {"middle dots", "03・1234･5678·9•0", "031234567890"},
      {"Japanese full stops", "03。1234｡5678", "0312345678"},
      {"commas and slashes stay", "03,1234/5678", "03,1234/5678"},
      {"plus stays", "(+81)3", "+813"},
      {"fillers", "03\u31641234", "031234"},
  };
  for (const auto& c : cases) EXPECT_EQ(text::fold_number(c.text), c.result) << c.label;
}

TEST(NormalForms, FoldAddress) {
  const Case cases[] = {
      {"empty", "", ""},
      {"nothing to do", "Taro.Yamada+1@Example.JP", "Taro.Yamada+1@Example.JP"},
      {"first and last of full-width ASCII", "！～", "!~"},
      {"full-width", "Ｔａｒｏ＿９＠ｅｘａｍｐｌｅ．ｊｐ", "Taro_9@example.jp"},
      {"no other compatibility form", "ﾀﾛｳ①㈱", "ﾀﾛｳ①㈱"},
      {"spaces at the ends only", "\u3000a b\t", "a b"},
      {"invisible ones anywhere", "\u200Ba\u00AD@\u2060b\uFEFF", "a@b"},
      {"all that order text",
       "\u200E\u200F\u061C\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069", ""},
      {"joiners and selectors", "a\u200C\u200D\uFE0F\U000E0100b", "ab"},
      {"fillers", "a\u115F\u1160\u3164\uFFA0b", "ab"},
      {"annotations", "a\uFFF9\uFFFA\uFFFBb", "ab"},
      {"a space behind an invisible one", "a \u200B", "a"},
      {"blank braille can be named, so it stays", "a\u2800", "a\u2800"},
  };
  for (const auto& c : cases) EXPECT_EQ(text::fold_address(c.text), c.result) << c.label;
}

TEST(NormalForms, AsciiLower) {
  const Case cases[] = {
      {"empty", "", ""},
      {"letters", "AZaz@[`{", "azaz@[`{"},
      {"address", "Taro.Yamada@Example.JP", "taro.yamada@example.jp"},
      {"others stay", "ÀＡ髙", "ÀＡ髙"},
  };
  for (const auto& c : cases) EXPECT_EQ(text::ascii_lower(c.text), c.result) << c.label;
}

}  // namespace
}  // namespace portal
