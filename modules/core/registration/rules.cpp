// See rules.h.
#include "core/registration/rules.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/registration/links.h"
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

// Of the part before the @; the domain has fewer (is_label).
bool is_local_character(char c) {
  constexpr std::string_view kSigns = ".!#$%&'*+/=?^_`{|}~-";
  return is_alphanumeric(c) || kSigns.find(c) != std::string_view::npos;
}

bool is_domain_character(char c) {
  return is_alphanumeric(c) || c == '-' || c == '.';
}

// Precondition: the text has domain characters only.
bool is_label(std::string_view text) {
  constexpr std::size_t kMost = 63;
  return !text.empty() && text.size() <= kMost && text.front() != '-' && text.back() != '-';
}

bool is_domain(std::string_view text) {
  for (auto dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.')) {
    if (!is_label(text.substr(0, dot))) return false;
    text.remove_prefix(dot + 1);
  }
  return is_label(text);
}

// As a message names it; empty if every character is one of those that `is_right` says.
std::string first_wrong_character(std::string_view text, bool (*is_right)(char)) {
  const auto* const wrong = std::ranges::find_if_not(text, is_right);
  if (wrong == text.end()) return "";
  return text::name_of_first_character({wrong, text.end()});
}

}  // namespace

bool is_agreement(Institution institution, std::string_view text) {
  return std::ranges::find(kind_of(institution).agreements, text) !=
         kind_of(institution).agreements.end();
}

bool is_digits(std::string_view text, std::size_t count) {
  return text.size() == count && std::ranges::all_of(text, is_digit);
}

Problems name(std::string_view value, const Context& /*context*/) {
  constexpr std::size_t kMost = 40;
  if (text::blank(value)) return {"missing"};
  Problems problems;
  if (text::code_points(value) > kMost) problems.emplace_back("too_long");
  if (text::has_control(value)) problems.emplace_back("control");
  if (const auto position = text::position_of_unshowable(value); position > 0) {
    problems.emplace_back("unshowable", std::to_string(position));
  }
  if (auto link = link_in(value); !link.empty()) problems.emplace_back("link", std::move(link));
  return problems;
}

Problems institution(std::string_view value, const Context& /*context*/) {
  if (value.empty()) return {"missing"};
  return institution_of(value) ? Problems{} : Problems{"unknown"};
}

Problems phone(std::string_view value, const Context& /*context*/) {
  if (value.empty()) return {"missing"};
  const bool right = value.front() == '0' && (is_digits(value, 10) || is_digits(value, 11));
  return right ? Problems{} : Problems{"format"};
}

// The production as loops: std::regex recurses once a character.
Problems email(std::string_view value, const Context& /*context*/) {
  constexpr std::size_t kMost = 254;
  if (value.empty()) return {"missing"};
  if (text::code_points(value) > kMost) return {"too_long"};
  if (text::has_space(value)) return {"space"};
  const auto at = value.find('@');
  const std::string_view local = value.substr(0, at);
  if (auto wrong = first_wrong_character(local, is_local_character); !wrong.empty()) {
    return {{"character", std::move(wrong)}};
  }
  if (at == std::string_view::npos) return {"no_at"};
  const std::string_view domain = value.substr(at + 1);
  if (domain.find('@') != std::string_view::npos) return {"two_ats"};
  if (auto wrong = first_wrong_character(domain, is_domain_character); !wrong.empty()) {
    return {{"character_of_domain", std::move(wrong)}};
  }
  if (local.empty() || domain.empty()) return {"format"};
  if (domain.find('.') == std::string_view::npos) return {"no_dot"};
  return is_domain(domain) ? Problems{} : Problems{"domain"};
}

Problems password(std::string_view value, const Context& context) {
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
  if (problems.empty() && context.blocklist.contains(value)) problems.emplace_back("common");
  return problems;
}

Problems confirmation(std::string_view value, const Context& context) {
  if (value.empty()) return {"missing"};
  return value == context.entered.get("password") ? Problems{} : Problems{"mismatch"};
}

Problems terms(std::string_view value, const Context& /*context*/) {
  return value == "agreed" ? Problems{} : Problems{"missing"};
}

}  // namespace portal::rules
