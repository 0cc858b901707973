#include "core/http/request.h"

#include <algorithm>

namespace portal {
namespace {

std::string_view without_spaces(std::string_view text) {
  constexpr std::string_view kSpaces = " \t";
  const auto begin = std::min(text.size(), text.find_first_not_of(kSpaces));
  text.remove_prefix(begin);
  return text.substr(0, text.find_last_not_of(kSpaces) + 1);
}

}  // namespace

std::vector<std::string_view> cookies(const Request& request, std::string_view name) {
  std::vector<std::string_view> values;
  std::string_view rest = request.cookies;
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || without_spaces(pair.substr(0, equals)) != name)
      continue;
    values.push_back(without_spaces(pair.substr(equals + 1)));
  }
  return values;
}

}  // namespace portal
