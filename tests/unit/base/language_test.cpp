// In which language operators are spoken to, by the environment.
#include "core/base/language.h"

#include <gtest/gtest.h>

#include <map>

namespace portal {
namespace {

constexpr auto kEn = Language::kEnglish;
constexpr auto kJa = Language::kJapanese;

TEST(Language, IsThatOfTheFirstVariableThatSaysOne) {
  const struct {
    const char* label;
    std::map<std::string, std::string> variables;
    Language language;
  } cases[] = {
      {"nothing is set", {}, kEn},
      {"LANG alone", {{"LANG", "ja_JP.UTF-8"}}, kJa},
      {"LC_MESSAGES alone", {{"LC_MESSAGES", "ja_JP.UTF-8"}}, kJa},
      {"LC_ALL alone", {{"LC_ALL", "ja_JP.UTF-8"}}, kJa},
      {"LC_MESSAGES over LANG", {{"LANG", "ja_JP.UTF-8"}, {"LC_MESSAGES", "en_US.UTF-8"}}, kEn},
      {"LC_ALL over LC_MESSAGES", {{"LC_MESSAGES", "ja_JP.UTF-8"}, {"LC_ALL", "C.UTF-8"}}, kEn},
      {"LC_ALL over LANG", {{"LANG", "en_GB.UTF-8"}, {"LC_ALL", "ja_JP.UTF-8"}}, kJa},
      {"an empty LC_ALL is not set", {{"LC_ALL", ""}, {"LANG", "ja_JP.UTF-8"}}, kJa},
      {"an empty LC_MESSAGES is not set", {{"LC_MESSAGES", ""}, {"LANG", "ja_JP.UTF-8"}}, kJa},
      {"all are empty", {{"LC_ALL", ""}, {"LC_MESSAGES", ""}, {"LANG", ""}}, kEn},
      {"other variables say nothing",
       {{"LC_CTYPE", "ja_JP.UTF-8"}, {"LC_TIME", "ja_JP.UTF-8"}, {"LANGUAGE", "ja"}},
       kEn},
      {"the language alone", {{"LANG", "ja"}}, kJa},
      {"another encoding", {{"LANG", "ja_JP.eucJP"}}, kJa},
      {"an old encoding", {{"LANG", "ja_JP.SJIS"}}, kJa},
      {"no territory", {{"LANG", "ja.UTF-8"}}, kJa},
      {"a modifier", {{"LANG", "ja_JP@currency"}}, kJa},
      {"a hyphen", {{"LANG", "ja-JP"}}, kJa},
      {"another language of Japan", {{"LANG", "ryu_JP.UTF-8"}}, kEn},
      {"a language whose code begins so", {{"LANG", "jam_JM.UTF-8"}}, kEn},
      {"C", {{"LANG", "C"}}, kEn},
      {"POSIX", {{"LC_ALL", "POSIX"}, {"LANG", "ja_JP.UTF-8"}}, kEn},
      {"none that there is", {{"LANG", "/etc/passwd"}}, kEn},
  };
  for (const auto& c : cases) {
    const auto language = language_of_environment([&](const char* name) {
      const auto found = c.variables.find(name);
      return found == c.variables.end() ? std::string() : found->second;
    });
    EXPECT_EQ(language, c.language) << c.label;
  }
}

TEST(Language, HasACode) {
  EXPECT_EQ(find_language("en"), kEn);
  EXPECT_EQ(find_language("ja"), kJa);
  for (const char* code : {"", "fr", "JA", "jp", "ja_JP", "english"}) {
    EXPECT_FALSE(find_language(code)) << code;
  }
}

}  // namespace
}  // namespace portal
