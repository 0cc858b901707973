#include "core/base/language.h"

#include <cstdlib>

namespace portal {
namespace {

// "ja" of "ja_JP.UTF-8@modifier", also of "ja-JP", which some people write.
std::string_view language_of(std::string_view locale) {
  return locale.substr(0, locale.find_first_of("_.@-"));
}

}  // namespace

std::optional<Language> find_language(std::string_view code) {
  if (code == "en") return Language::kEnglish;
  if (code == "ja") return Language::kJapanese;
  return std::nullopt;
}

Language language_of_environment(const Variable& variable) {
  for (const char* const name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::string locale = variable(name);
    if (!locale.empty()) return find_language(language_of(locale)).value_or(Language::kEnglish);
  }
  return Language::kEnglish;
}

Language language_of_environment() {
  return language_of_environment([](const char* name) {
    const char* const value = std::getenv(name);
    return std::string(value == nullptr ? "" : value);
  });
}

}  // namespace portal
