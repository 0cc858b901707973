// See one_click.h.
#include "core/form/one_click.h"

#include <algorithm>
#include <optional>
#include <string>

namespace portal::one_click {
namespace {

constexpr std::size_t kLongestBoundary = 70;  // RFC 2046 §5.1.1

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const auto begin = std::min(text.size(), text.find_first_not_of(kBlank));
  text.remove_prefix(begin);
  return text.substr(0, text.find_last_not_of(kBlank) + 1);
}

// What stands before the sign, which is removed with it from `rest`; all of it without the sign.
std::string_view take_until(std::string_view& rest, std::string_view sign) {
  const auto end = rest.find(sign);
  const std::string_view taken = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + sign.size());
  return taken;
}

// The parameter of a header's value: form-data; name="a". Empty if it is not there.
std::string_view parameter(std::string_view value, std::string_view name) {
  take_until(value, ";");
  while (!value.empty()) {
    std::string_view text = trim(take_until(value, ";"));
    if (!same_word(trim(take_until(text, "=")), name)) continue;
    text = trim(text);
    const bool quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
    return quoted ? text.substr(1, text.size() - 2) : text;
  }
  return {};
}

// True if the part, from its headers to before the next boundary, is the one that is looked for.
bool is_the_field(std::string_view part) {
  bool named = false;
  while (!part.empty()) {
    std::string_view line = trim(take_until(part, "\n"));
    if (line.empty()) return named && trim(part) == kValue;
    if (!same_word(trim(take_until(line, ":")), "Content-Disposition")) continue;
    std::string_view rest = line;
    named =
        same_word(trim(take_until(rest, ";")), "form-data") && parameter(line, "name") == kField;
  }
  return false;  // no empty line: it is no part
}

}  // namespace

bool is_multipart_form(std::string_view content_type, std::string_view body) {
  std::string_view rest = content_type;
  if (!same_word(trim(take_until(rest, ";")), "multipart/form-data")) return false;
  const std::string_view boundary = parameter(content_type, "boundary");
  if (boundary.empty() || boundary.size() > kLongestBoundary) return false;
  const std::string delimiter = "\n--" + std::string(boundary);
  // The first boundary begins the body; what a preamble would say, nobody reads.
  if (!body.starts_with(std::string_view(delimiter).substr(1))) return false;
  body.remove_prefix(delimiter.size() - 1);
  while (!body.empty() && !body.starts_with("--")) {  // the last boundary ends with --
    take_until(body, "\n");
    if (is_the_field(take_until(body, delimiter))) return true;
  }
  return false;
}

}  // namespace portal::one_click
