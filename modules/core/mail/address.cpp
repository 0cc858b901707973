#include "core/mail/address.h"

#include <Poco/RegularExpression.h>

namespace portal::mail {
namespace {

constexpr std::size_t kLongestAddress = 254;

// https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address
constexpr auto kPattern =
    "[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+"
    "@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    "(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*";

}  // namespace

bool valid_address(std::string_view address) {
  if (address.size() > kLongestAddress) return false;
  static const Poco::RegularExpression pattern(kPattern);
  return pattern.match(std::string(address));  // the whole text: match() anchors both ends
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
