#include "core/view/private/expansion.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace portal {
namespace {

constexpr std::string_view kOpening = "${";

class Expansion {
 public:
  explicit Expansion(const OperatorFacts& facts) : facts_(facts) {}

  // The fact as templates show it. Precondition: `name` is a fact.
  Result<std::string> of(const std::string& name) {
    if (const auto known = done_.find(name); known != done_.end()) return known->second;
    if (std::ranges::find(open_, name) != open_.end()) {
      return refused(name + " stands for itself: ${" + name + "}");
    }
    open_.push_back(name);
    auto value = filled_in(name, facts_.at(name));
    open_.pop_back();
    if (value) done_.emplace(name, *value);
    return value;
  }

 private:
  Result<std::string> filled_in(const std::string& name, std::string_view rest) {
    std::string value;
    for (;;) {
      const auto at = rest.find(kOpening);
      value += rest.substr(0, at);
      if (at == std::string_view::npos) return value;
      rest.remove_prefix(at + kOpening.size());
      const auto end = rest.find('}');
      if (end == std::string_view::npos) return refused(name + " has a ${ without }");
      const std::string inner(rest.substr(0, end));
      rest.remove_prefix(end + 1);
      if (!facts_.contains(inner)) return refused(name + " has ${" + inner + "}, which is no fact");
      const auto fact = of(inner);
      if (!fact) return fact;
      value += *fact;
    }
  }

  const OperatorFacts& facts_;
  OperatorFacts done_;             // with nothing left to replace
  std::vector<std::string> open_;  // from the one that was asked for to the one being filled in
};

}  // namespace

Result<OperatorFacts> expanded(const OperatorFacts& facts) {
  Expansion expansion(facts);
  OperatorFacts all;
  for (const auto& [name, text] : facts) {
    auto value = expansion.of(name);
    if (!value) return value.error();
    all.emplace(name, std::move(*value));
  }
  return all;
}

}  // namespace portal
