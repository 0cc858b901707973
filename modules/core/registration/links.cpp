// See links.h.
#include "core/registration/links.h"

#include <algorithm>
#include <array>

#include "core/text/text.h"

namespace portal {
namespace {

// The endings that mail programs look for most: the largest top-level domains of IANA's list, those
// of the neighbours, and the cheap ones that unwanted mail prefers.
constexpr auto kEndings = std::to_array<std::string_view>(
    {"app",  "biz", "br",   "cc",   "click", "club",  "cn",    "co",    "com",    "de",
     "dev",  "eu",  "fr",   "fun",  "gg",    "hk",    "icu",   "id",    "info",   "io",
     "jp",   "kr",  "life", "link", "live",  "ly",    "me",    "net",   "online", "org",
     "page", "pro", "ru",   "shop", "site",  "space", "store", "to",    "today",  "top",
     "tv",   "tw",  "uk",   "us",   "vip",   "vn",    "work",  "world", "xyz"});

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
// `text` is in lower case.
bool is_alphanumeric(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z');
}

// The letters and digits with which the text begins.
std::string_view first_word(std::string_view text) {
  const auto* const end = std::ranges::find_if_not(text, is_alphanumeric);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

// Nobody's family name, so that one letter before the dot is no initial as it is in K.To.
constexpr auto kNoNames =
    std::to_array<std::string_view>({"biz", "com", "info", "io", "jp", "net", "org", "tv", "xyz"});

// True if what is before the dot and the ending make a domain rather than a name.
bool is_domain(std::string_view before_dot, std::string_view ending) {
  constexpr std::size_t kInitial = 1;
  const auto begin = before_dot.find_last_of(" .") + 1;
  const auto label = before_dot.size() - begin;
  return label > kInitial ||
         (label == kInitial && std::ranges::find(kNoNames, ending) != kNoNames.end());
}

// The text as link_in() compares it: in lower case and half-width, without what nobody sees.
std::string plain(std::string_view text) {
  constexpr std::string_view kIdeographicStop = "。";
  const std::string folded = text::ascii_lower(text::nfkc(text::fold_address(text)));
  std::string plain;
  for (std::string_view rest = folded; !rest.empty();) {
    const auto stop = rest.find(kIdeographicStop);
    plain += rest.substr(0, stop);
    if (stop == std::string_view::npos) break;
    plain += '.';
    rest.remove_prefix(stop + kIdeographicStop.size());
  }
  return plain;
}

// `text` is plain.
bool has_telephone(std::string_view text) {
  constexpr auto kFewestOfTelephone = 4;  // a mail shows two names beside each other: 03-123 45678
  return std::ranges::count_if(text, is_digit) >= kFewestOfTelephone;
}

// Precondition: the text is valid UTF-8 and not empty.
std::string_view first_character(std::string_view text) {
  std::size_t size = 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) ++size;
  return text.substr(0, size);
}

// True if the character holds a link together: a sign of URLs and addresses, or where there is a
// telephone number, a digit of it.
bool links(std::string_view character, bool telephone) {
  constexpr std::string_view kSigns = "./@:";
  const std::string same = plain(character);
  if (same.size() != 1) return false;
  return kSigns.find(same.front()) != std::string_view::npos ||
         (telephone && is_digit(same.front()));
}

std::string ending_in(std::string_view text) {
  for (auto dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.', dot + 1)) {
    const auto word = first_word(text.substr(dot + 1));
    if (std::ranges::find(kEndings, word) != kEndings.end() &&
        is_domain(text.substr(0, dot), word)) {
      return "." + std::string(word);
    }
  }
  return "";
}

}  // namespace

std::string link_in(std::string_view name) {
  const std::string text = plain(name);
  for (const auto* const sign : {"/", "@", "www."}) {
    if (text.find(sign) != std::string::npos) return sign;
  }
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (text[at] == ':' && is_alphanumeric(text[at - 1])) return ":";
  }
  if (has_telephone(text)) return "4桁以上の数字";
  return ending_in(text);
}

std::string without_links(std::string_view text) {
  constexpr std::string_view kZeroWidthSpace = "\u200B";
  const bool telephone = has_telephone(plain(text));
  std::string safe;
  while (!text.empty()) {
    const std::string_view character = first_character(text);
    text.remove_prefix(character.size());
    safe += character;
    const bool within = !text.empty() && text.front() != ' ';
    if (within && links(character, telephone)) safe += kZeroWidthSpace;
  }
  return safe;
}

}  // namespace portal
