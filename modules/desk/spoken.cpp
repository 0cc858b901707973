#include "desk/spoken.h"

#include <Poco/RegularExpression.h>

#include <string_view>

#include "core/base/japan_time.h"
#include "core/base/log.h"
#include "desk/said_time.h"

namespace portal {
namespace {

constexpr std::string_view kOpen = "（";
constexpr std::string_view kClose = "）";
constexpr std::string_view kFullStop = "。";

// Without brackets that name a command of ours.
std::string without_commands(std::string text) {
  for (const std::string_view command : {"（portalctl", "（portal-"}) {
    for (auto at = text.find(command); at != std::string::npos; at = text.find(command, at)) {
      const auto end = text.find(kClose, at);
      if (end == std::string::npos) break;
      text.erase(at, end + kClose.size() - at);
    }
  }
  return text;
}

// 2026-11-26 14:05 as said_time() has it.
std::string with_said_times(const std::string& text, EpochSeconds now) {
  static const Poco::RegularExpression written("\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}");
  std::string said;
  std::size_t from = 0;
  Poco::RegularExpression::Match match;
  while (written.match(text, from, match) > 0) {
    said.append(text, from, match.offset - from);
    std::string time = text.substr(match.offset, match.length);
    time[time.find(' ')] = 'T';
    const auto at = parse_japan_time(time);
    said += at ? said_time(*at, now) : text.substr(match.offset, match.length);
    from = match.offset + match.length;
  }
  return said.append(text, from);
}

// A full stop within brackets, as in a mail server's reply, ends nothing.
std::vector<std::string> sentences_of(std::string_view text) {
  std::vector<std::string> sentences;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with(kOpen)) ++depth;
    if (rest.starts_with(kClose)) --depth;
    if (depth > 0 || !rest.starts_with(kFullStop)) continue;
    sentences.emplace_back(text.substr(begin, at + kFullStop.size() - begin));
    begin = at + kFullStop.size();
  }
  if (begin < text.size()) sentences.emplace_back(text.substr(begin));
  return sentences;
}

}  // namespace

std::vector<std::string> spoken(Verdict verdict, std::string_view sender_domain, EpochSeconds now) {
  verdict.others.clear();
  const std::string text =
      log::mask_addresses(without_commands(in_words(verdict, Language::kJapanese, sender_domain)));
  return sentences_of(with_said_times(text, now));
}

}  // namespace portal
