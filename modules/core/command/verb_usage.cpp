#include "core/command/verb_usage.h"

#include <algorithm>

namespace portal {

bool VerbUsage::takes(const Option& option) const {
  const std::string_view name = option.name;
  return std::ranges::any_of(options, [&](const Option& own) { return own.name == name; });
}

bool VerbUsage::takes(std::size_t given) const {
  const auto all = words_of(arguments);
  const auto optional =
      std::ranges::count_if(all, [](const auto& word) { return word.starts_with('['); });
  return given <= all.size() && given + static_cast<std::size_t>(optional) >= all.size();
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

const VerbUsage* find_verb(std::span<const VerbUsage* const> verbs,
                           const std::vector<std::string>& words) {
  for (const VerbUsage* verb : verbs) {
    const auto own = words_of(verb->words);
    if (own.size() <= words.size() && std::equal(own.begin(), own.end(), words.begin())) {
      return verb;
    }
  }
  return nullptr;
}

std::vector<const VerbUsage*> group_of(std::span<const VerbUsage* const> verbs,
                                       std::string_view word) {
  std::vector<const VerbUsage*> group;
  for (const VerbUsage* verb : verbs) {
    if (words_of(verb->words).front() == word) group.push_back(verb);
  }
  return group;
}

}  // namespace portal
