// Small things that every reader of returned mail does with text. ASCII only: what these look for
// is ASCII.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portal::mail::bounce {

constexpr bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\f';
}
constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_alnum(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string lower(std::string_view text);
std::string_view trimmed(std::string_view text);
// One line of at most 400 bytes, in whole characters, without control characters.
std::string one_line(std::string_view text);

// The first enhanced status code (RFC 3463), such as "5.1.1"; else empty. A part of a longer
// number, an IP address for example, is none.
std::string status_in(std::string_view text);
// The first 4xx or 5xx that a mail server's reply begins with; else 0.
int reply_code_in(std::string_view text);
// The first mail address, without <> and quotes; else empty.
std::string address_in(std::string_view text);

// A text in which words are found in any case and across line ends.
class Prose {
 public:
  struct Range {
    std::size_t begin = 0, end = 0;  // positions in text()
  };
  explicit Prose(std::string text);
  const std::string& text() const { return text_; }
  // Where `words` (lower case, single spaces) stand first, from the position `from` on.
  std::optional<Range> find(std::string_view words, std::size_t from = 0) const;
  bool has(std::string_view words) const { return find(words).has_value(); }

 private:
  std::string text_;
  std::string flat_;               // lower case; white space is one space
  std::vector<std::uint32_t> at_;  // where each character of flat_ stands in text_
};

}  // namespace portal::mail::bounce
