#include "core/mail/address.h"

#include <Poco/RegularExpression.h>

namespace portal::mail {
namespace {

constexpr std::size_t kLongestAddress = 254;

// https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address
constexpr auto kLocal = "[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+";
constexpr auto kDomain =
    "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    "(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*";

// Matches the whole text: match() anchors both ends.
bool matches(const Poco::RegularExpression& pattern, std::string_view text) {
  return text.size() <= kLongestAddress && pattern.match(std::string(text));
}

}  // namespace

bool valid_address(std::string_view address) {
  static const Poco::RegularExpression pattern(std::string(kLocal) + "@" + kDomain);
  return matches(pattern, address);
}

bool valid_domain(std::string_view domain) {
  static const Poco::RegularExpression pattern(kDomain);
  return matches(pattern, domain);
}

std::string written_address(std::string_view address) {
  const std::string_view local = address.substr(0, address.rfind('@'));
  const bool dot_atom =
      local.front() != '.' && local.back() != '.' && local.find("..") == std::string_view::npos;
  if (dot_atom) return std::string(address);
  return '"' + std::string(local) + '"' + std::string(address.substr(local.size()));
}

std::string_view domain_of(std::string_view address) {
  return address.substr(address.rfind('@') + 1);
}

}  // namespace portal::mail
