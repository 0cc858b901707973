#include "core/mail/address.h"

#include <Poco/RegularExpression.h>

#include <algorithm>
#include <utility>

#include "core/mail/encoded_words.h"
#include "core/text/text.h"

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

// The words between quotes, with the backslashes taken away. Nothing if a quote is left open, or if
// something follows the closing one.
std::optional<std::string> unquoted(std::string_view text) {
  std::string words;
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (text[at] == '"') {
      if (at + 1 == text.size()) return words;
      return std::nullopt;
    }
    if (text[at] == '\\' && ++at == text.size()) return std::nullopt;
    words += text[at];
  }
  return std::nullopt;
}

std::string quoted_string(std::string_view words) {
  std::string text = "\"";
  for (const char c : words) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text += '"';
}

bool is_name(std::string_view text) {
  constexpr std::size_t kMost = 100;
  return text::code_points(text) <= kMost && !text::has_control(text);
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

std::optional<Mailbox> parse_mailbox(std::string_view text) {
  if (!text::valid_utf8(text)) return std::nullopt;
  text = text::trim(text);
  Mailbox mailbox;
  mailbox.address = text;
  if (text.ends_with('>')) {
    const auto open = text.rfind('<');
    if (open == std::string_view::npos) return std::nullopt;
    mailbox.address = text.substr(open + 1, text.size() - open - 2);
    mailbox.name = text::trim(text.substr(0, open));
    if (mailbox.name.starts_with('"')) {
      auto words = unquoted(mailbox.name);
      if (!words) return std::nullopt;
      mailbox.name = std::move(*words);
    }
  }
  if (!valid_address(mailbox.address) || !is_name(mailbox.name)) return std::nullopt;
  return mailbox;
}

std::string written_mailbox(const Mailbox& mailbox) {
  std::string address = "<" + written_address(mailbox.address) + ">";
  if (mailbox.name.empty()) return address;
  const bool ascii = std::ranges::all_of(
      mailbox.name, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii) return quoted_string(mailbox.name) + "\r\n " + address;
  // One word as long as possible: some programs show a space between two words of a name.
  const bool short_enough = mailbox.name.size() <= kBytesOfWordBesideName;
  const std::string words = encoded_words(mailbox.name, kBytesOfWord);
  return (short_enough ? "" : "\r\n ") + words + "\r\n " + address;
}

std::string_view domain_of(std::string_view address) {
  return address.substr(address.rfind('@') + 1);
}

std::string domain_of_mailbox(std::string_view text) {
  const auto mailbox = parse_mailbox(text);
  return mailbox ? std::string(domain_of(mailbox->address)) : std::string();
}

}  // namespace portal::mail
