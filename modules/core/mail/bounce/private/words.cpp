#include "core/mail/bounce/private/words.h"

#include <algorithm>
#include <array>

#include "core/text/text.h"

namespace portal::mail::bounce {
namespace {

constexpr std::size_t kLongestLine = 400;
constexpr std::size_t kLongestLocalPart = 64;  // RFC 5321 §4.5.3.1
constexpr std::size_t kLongestDomain = 255;
// `for 500 hours` is no reply.
constexpr std::array<std::string_view, 8> kUnits = {"second", "minute", "hour", "day",
                                                    "byte",   "kb",     "mb",   "message"};

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f;
}

bool in_local_part(char c) {
  constexpr std::string_view kOthers = "!#$%&'*+-/=?^_`{|}~.";
  return is_alnum(c) || kOthers.find(c) != std::string_view::npos;
}

// How many characters of a number of one to three digits stand at the front.
std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (count < 4 && at + count < text.size() && is_digit(text[at + count])) ++count;
  return count < 4 ? count : 0;
}

std::string_view local_part_before(std::string_view text, std::size_t at) {
  if (at > 1 && text[at - 1] == '"') {
    const auto first = at - std::min(at, kLongestLocalPart + 2);
    const std::string_view quoted = text.substr(first, at - 1 - first);
    const auto open = quoted.rfind('"');
    return open == std::string_view::npos ? std::string_view() : quoted.substr(open + 1);
  }
  std::size_t begin = at;
  while (begin > 0 && at - begin < kLongestLocalPart && in_local_part(text[begin - 1])) --begin;
  std::string_view local = text.substr(begin, at - begin);
  // What is put around an address.
  while (!local.empty() && (local.front() == '\'' || local.front() == '`' || local.front() == '='))
    local.remove_prefix(1);
  return local;
}

std::string_view domain_behind(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && end - at < kLongestDomain &&
         (is_alnum(text[end]) || text[end] == '.' || text[end] == '-'))
    ++end;
  std::string_view domain = text.substr(at, end - at);
  while (!domain.empty() && !is_alnum(domain.back())) domain.remove_suffix(1);
  return domain;
}

}  // namespace

std::string lower(std::string_view text) {
  return text::ascii_lower(text);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text.substr(0, 4 * kLongestLine)) {
    const char shown = is_control(c) ? ' ' : c;
    if (shown != ' ' || (!line.empty() && line.back() != ' ')) line += shown;
  }
  return std::string(trimmed(text::cut(text::repaired(line), kLongestLine)));
}

std::string status_in(std::string_view text) {
  for (std::size_t at = 0; at + 4 < text.size(); ++at) {
    const char c = text[at];
    if ((c != '2' && c != '4' && c != '5') || text[at + 1] != '.') continue;
    if (at > 0 && (is_alnum(text[at - 1]) || text[at - 1] == '.')) continue;
    const std::size_t subject = digits_at(text, at + 2);
    const std::size_t dot = at + 2 + subject;
    if (subject == 0 || dot >= text.size() || text[dot] != '.') continue;
    const std::size_t detail = digits_at(text, dot + 1);
    const std::size_t end = dot + 1 + detail;
    if (detail == 0 || (end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1])))
      continue;
    return std::string(text.substr(at, end - at));
  }
  return "";
}

int reply_code_in(std::string_view text) {
  for (std::size_t at = 0; at + 2 < text.size(); ++at) {
    if ((text[at] != '4' && text[at] != '5') || text[at + 1] < '0' || text[at + 1] > '5' ||
        digits_at(text, at) != 3)
      continue;
    constexpr std::string_view kBefore = " \t\n:;<>(#[\"'=_";
    if (at > 0 && kBefore.find(text[at - 1]) == std::string_view::npos) continue;
    const std::string_view behind = text.substr(at + 3);
    constexpr std::string_view kBehind = " \t\n-_:;,)]>\"'#";
    if (!behind.empty() && kBehind.find(behind.front()) == std::string_view::npos &&
        !(behind.front() == '.' && (behind.size() == 1 || !is_alnum(behind[1]))))
      continue;
    const std::string next = lower(trimmed(behind.substr(0, 12)));
    if (std::ranges::any_of(kUnits, [&](auto unit) { return next.starts_with(unit); })) continue;
    return (text[at] - '0') * 100 + (text[at + 1] - '0') * 10 + (text[at + 2] - '0');
  }
  return 0;
}

std::string address_in(std::string_view text) {
  for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    const auto local = local_part_before(text, at);
    const auto domain = domain_behind(text, at + 1);
    if (!local.empty() && !domain.empty()) return std::string(local) + "@" + std::string(domain);
  }
  return "";
}

Prose::Prose(std::string text) : text_(std::move(text)) {
  for (std::size_t i = 0; i < text_.size(); ++i) {
    const bool space = is_space(text_[i]);
    if (space && !flat_.empty() && flat_.back() == ' ') continue;
    flat_ += space ? ' ' : text_[i];
    at_.push_back(static_cast<std::uint32_t>(i));
  }
  flat_ = lower(flat_);
}

std::optional<Prose::Range> Prose::find(std::string_view words, std::size_t from) const {
  const auto start = std::ranges::lower_bound(at_, from) - at_.begin();
  const auto found = flat_.find(words, static_cast<std::size_t>(start));
  if (found == std::string::npos || words.empty()) return std::nullopt;
  return Range{at_[found], at_[found + words.size() - 1] + std::size_t{1}};
}

}  // namespace portal::mail::bounce
