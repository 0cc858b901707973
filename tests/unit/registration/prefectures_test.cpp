// The prefectures, by code and by name.
#include "core/registration/prefectures.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace portal {
namespace {

TEST(Prefectures, ByCodeAndName) {
  const std::pair<const char*, const char*> cases[] = {
      {"01", "01"},        {"北海道", "01"},  {"13", "13"},     {"東京", "13"}, {"東京都", "13"},
      {"13:東京都", "13"}, {"京都", "26"},    {"京都府", "26"}, {"大阪", "27"}, {"神奈川", "14"},
      {"47", "47"},        {"48", ""},        {"1", ""},        {"00", ""},     {"", ""},
      {"13:大阪府", ""},   {"99:東京都", ""}, {"北海", ""},     {"都", ""},
  };
  for (const auto& [text, code] : cases)
    EXPECT_EQ(prefecture_code(text).value_or(""), code) << text;
  EXPECT_EQ(prefecture_name("44").value_or(""), "大分県");
  EXPECT_FALSE(prefecture_name("99"));
  for (int i = 1; i <= 47; ++i) {
    const std::string code = (i < 10 ? "0" : "") + std::to_string(i);
    const auto name = prefecture_name(code);
    ASSERT_TRUE(name) << code;
    EXPECT_EQ(prefecture_code(*name).value_or(""), code);
  }
}

}  // namespace
}  // namespace portal
