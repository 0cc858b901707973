// How one verb of a program is used: `roster undo` of portalctl. --help, the manual page, the
// completion and the check of a command line come from this one description.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/command/option.h"

namespace portal {

struct VerbUsage {
  std::string_view words;           // "roster undo"
  std::string_view arguments = {};  // "FILE": one word for each; "[FILE]": it may be left out
  // Besides those that every verb of the program takes. A verb that takes kYes (consent.h) asks
  // before it acts.
  std::span<const Option> options = {};
  std::string_view help;  // one sentence
  std::string_view example;

  bool takes(const Option& option) const;
  // Whether it takes so many arguments.
  bool takes(std::size_t given) const;
};

// "roster undo" → roster, undo
std::vector<std::string> words_of(std::string_view text);

// The verb that `words` begin with; the first of two that fit. Null: there is none.
const VerbUsage* find_verb(std::span<const VerbUsage* const> verbs,
                           const std::vector<std::string>& words);

// The verbs whose first word is that one: all of `roster`.
std::vector<const VerbUsage*> group_of(std::span<const VerbUsage* const> verbs,
                                       std::string_view word);

}  // namespace portal
