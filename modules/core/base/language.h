// The languages in which operators and the call centre are spoken to, and words in each of them.
//
// A fact is data; what it is called stands beside it in its table, in every language. What programs
// read (JSON, the log, names in the database) has no language.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace portal {

enum class Language { kEnglish, kJapanese, kLast = kJapanese };

// "en", "ja". Nothing: it is neither.
std::optional<Language> find_language(std::string_view code);

// The value of an environment variable; empty: it is not set.
using Variable = std::function<std::string(const char* name)>;

// The language of messages by LC_ALL, else LC_MESSAGES, else LANG, the first that is set and not
// empty (POSIX.1-2017, XBD 8.2): Japanese for ja, ja_JP, ja_JP.UTF-8, ja_JP.eucJP@…; English for
// every other. Only the name counts: the locale need not be installed, and what is written stays
// UTF-8.
Language language_of_environment(const Variable& variable);
Language language_of_environment();

// The same words in each language.
struct Words {
  std::string_view english;
  std::string_view japanese;

  constexpr std::string_view in(Language language) const {
    return language == Language::kJapanese ? japanese : english;
  }
  constexpr bool complete() const { return !english.empty() && !japanese.empty(); }
};

}  // namespace portal
