// See rules.h.
#include "core/registration/rules.h"

#include <algorithm>

#include "core/text/text.h"

namespace portal::rules {
namespace {

// Not <cctype>: those depend on the locale.
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_alphanumeric(char c) {
  return is_upper(c) || is_lower(c) || is_digit(c);
}

bool is_local_character(char c) {
  constexpr std::string_view kSigns = ".!#$%&'*+/=?^_`{|}~-";
  return is_alphanumeric(c) || kSigns.find(c) != std::string_view::npos;
}

bool is_local_part(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_local_character);
}

bool is_label(std::string_view text) {
  constexpr std::size_t kMost = 63;
  return !text.empty() && text.size() <= kMost && text.front() != '-' && text.back() != '-' &&
         std::ranges::all_of(text, [](char c) { return is_alphanumeric(c) || c == '-'; });
}

bool is_domain(std::string_view text) {
  for (auto dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.')) {
    if (!is_label(text.substr(0, dot))) return false;
    text.remove_prefix(dot + 1);
  }
  return is_label(text);
}

// The production as a loop: std::regex recurses once a character.
bool is_email(std::string_view text) {
  const auto at = text.find('@');
  return at != std::string_view::npos && is_local_part(text.substr(0, at)) &&
         is_domain(text.substr(at + 1));
}

}  // namespace

bool is_agreement(Institution institution, std::string_view text) {
  return std::ranges::find(kind_of(institution).agreements, text) !=
         kind_of(institution).agreements.end();
}

bool is_digits(std::string_view text, std::size_t count) {
  return text.size() == count && std::ranges::all_of(text, is_digit);
}

Problems name(std::string_view value, const Form& /*entered*/) {
  constexpr std::size_t kMost = 40;
  if (text::blank(value)) return {"missing"};
  Problems problems;
  if (text::code_points(value) > kMost) problems.emplace_back("too_long");
  if (text::has_control(value)) problems.emplace_back("control");
  return problems;
}

Problems institution(std::string_view value, const Form& /*entered*/) {
  if (value.empty()) return {"missing"};
  return institution_of(value) ? Problems{} : Problems{"unknown"};
}

Problems phone(std::string_view value, const Form& /*entered*/) {
  if (value.empty()) return {"missing"};
  const bool right = value.front() == '0' && (is_digits(value, 10) || is_digits(value, 11));
  return right ? Problems{} : Problems{"format"};
}

Problems email(std::string_view value, const Form& /*entered*/) {
  constexpr std::size_t kMost = 254;
  if (value.empty()) return {"missing"};
  if (text::code_points(value) > kMost) return {"too_long"};
  return is_email(value) ? Problems{} : Problems{"format"};
}

Problems password(std::string_view value, const Form& /*entered*/) {
  constexpr std::size_t kLeast = 8;
  constexpr std::size_t kMost = 100;
  if (value.empty()) return {"missing"};
  const auto length = text::code_points(value);
  Problems problems;
  if (length < kLeast) problems.emplace_back("too_short");
  if (length > kMost) problems.emplace_back("too_long");
  if (!std::ranges::any_of(value, is_upper)) problems.emplace_back("no_upper");
  if (!std::ranges::any_of(value, is_lower)) problems.emplace_back("no_lower");
  if (!std::ranges::any_of(value, is_digit)) problems.emplace_back("no_digit");
  if (!text::printable(value)) problems.emplace_back("control");
  return problems;
}

Problems confirmation(std::string_view value, const Form& entered) {
  if (value.empty()) return {"missing"};
  return value == entered.get("password") ? Problems{} : Problems{"mismatch"};
}

Problems terms(std::string_view value, const Form& /*entered*/) {
  return value == "agreed" ? Problems{} : Problems{"missing"};
}

}  // namespace portal::rules
