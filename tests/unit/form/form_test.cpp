// Form: strict decoding, and the way back.
#include "core/form/form.h"

#include <gtest/gtest.h>

#include <array>

namespace portal {
namespace {

TEST(Form, DecodesWhatBrowsersSend) {
  const auto form = Form::decode("family_name=%E9%AB%99%E7%94%B0&given_name=+a%2Bb+&terms=&&x");
  ASSERT_TRUE(form);
  EXPECT_EQ(form->get("family_name"), "髙田");
  EXPECT_EQ(form->get("given_name"), " a+b ");
  EXPECT_TRUE(form->has("terms"));
  EXPECT_TRUE(form->has("x"));
  EXPECT_FALSE(form->has("phone"));
  EXPECT_EQ(form->get("phone"), "");
}

TEST(Form, RefusesWhatNoBrowserSends) {
  struct Case {
    const char* label;
    std::string_view text;
  };
  constexpr std::array kCases = {
      Case{"no hexadecimal digit", "a=%zz"},
      Case{"escape cut short", "a=%4"},
      Case{"escape at the end", "a=%"},
      Case{"a sign for a digit", "a=%-1"},
      Case{"a plus for a digit", "a=%+1"},
      Case{"one digit and a letter", "a=%4g"},
      Case{"NUL", "a=b%00c"},
      Case{"bare NUL", std::string_view("a=b\0c", 5)},
      Case{"truncated UTF-8", "a=%E9%AB"},
      Case{"overlong UTF-8", "a=%C0%AF"},
      Case{"surrogate", "a=%ED%A0%80"},
      Case{"beyond U+10FFFF", "a=%F4%90%80%80"},
      Case{"broken name", "%FF=a"},
      Case{"a field twice", "a=1&a=2"},
      Case{"a field twice, one escaped", "a=1&%61=2"},
  };
  for (const Case& c : kCases) EXPECT_FALSE(Form::decode(c.text)) << c.label;
}

TEST(Form, EncodeIsTheInverse) {
  Form form;
  form.set("name", "髙﨑 & 𠮷野=+%?#;\"'\n");
  form.set("empty", "");
  form.set("a&b=c", "\xF0\x9F\x98\x80");
  const auto again = Form::decode(form.encode());
  ASSERT_TRUE(again);
  for (const char* name : {"name", "empty", "a&b=c"}) {
    EXPECT_TRUE(again->has(name)) << name;
    EXPECT_EQ(again->get(name), form.get(name)) << name;
  }
}

TEST(Form, RemoveAndReplace) {
  Form form;
  form.set("a", "1");
  form.set("a", "2");
  EXPECT_EQ(form.get("a"), "2");
  form.remove("a");
  form.remove("a");
  EXPECT_FALSE(form.has("a"));
}

}  // namespace
}  // namespace portal
