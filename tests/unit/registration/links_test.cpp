// link_in, without_links: what a mail program would make a link of.
#include "core/registration/links.h"

#include <gtest/gtest.h>

namespace portal {
namespace {

TEST(Links, AreBrokenWithoutChangingWhatIsSeen) {
  const struct {
    const char* text;
    const char* result;
  } cases[] = {
      {"", ""},
      {"基金 太郎", "基金 太郎"},
      {"J. R. Smith Jr.", "J. R. Smith Jr."},
      {"example.com", "example.\u200Bcom"},
      {"http://a.b", "http:\u200B/\u200B/\u200Ba.\u200Bb"},
      {"a@b", "a@\u200Bb"},
      {"evil.co.jp", "evil.\u200Bco.\u200Bjp"},
      {"evil.academy", "evil.\u200Bacademy"},
      {"ｅｖｉｌ．ｃｏｍ", "ｅｖｉｌ．\u200Bｃｏｍ"},
      {"evil。com", "evil。\u200Bcom"},
      {"tel:", "tel:"},
      {"tel:110", "tel:\u200B110"},
      {"0120-1111", "0\u200B1\u200B2\u200B0\u200B-1\u200B1\u200B1\u200B1"},
      {"０３１１１１２", "０\u200B３\u200B１\u200B１\u200B１\u200B１\u200B２"},
      {"第2整骨院 3号店", "第2整骨院 3号店"},
      {"St. John", "St. John"},
  };
  for (const auto& c : cases) EXPECT_EQ(without_links(c.text), c.result) << c.text;
}

TEST(Links, AreNamed) {
  const struct {
    const char* name;
    const char* link;
  } cases[] = {
      {"", ""},
      {"髙﨑", ""},
      {"a/b", "/"},
      {"a＠b", "@"},
      {"xWWW.y", "www."},
      {"Tel:1", ":"},
      {"example.shop", ".shop"},
      {"example.shopping", ""},
      {"a.b.com", ".com"},
      {"ab.com!", ".com"},
      {"山.jp", ".jp"},
      {"1234", "4桁以上の数字"},
      {"03-1234", "4桁以上の数字"},
      {"123", ""},
      {"x.com", ".com"},
      {"St.John", ""},
      {"O'Brien", ""},
      {"ー", ""},
      {"マリア・ルイサ", ""},
      {"／", "/"},
      {"ｗｗｗ．山田", "www."},
      {"www。山田", "www."},
      {"w\u00ADww\u200D.山田", "www."},
      {"evil\u2060.com", ".com"},
      {"evil。com", ".com"},
      {"evil｡ＣＯＭ", ".com"},
      {"０９０‐１２３４", "4桁以上の数字"},
      {"山田。", ""},
      {"K.To", ""},
      {"j.page", ""},
      {"my.page", ".page"},
      {".com", ""},
      {"St. com", ""},
  };
  for (const auto& c : cases) EXPECT_EQ(link_in(c.name), c.link) << c.name;
}

}  // namespace
}  // namespace portal
