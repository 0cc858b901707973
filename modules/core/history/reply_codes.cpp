#include "core/history/reply_codes.h"

#include <Poco/RegularExpression.h>

#include <algorithm>
#include <vector>

#include "core/history/words.h"

namespace portal {
namespace {

std::string_view find(std::string_view code, Language language) {
  const auto* const found = std::ranges::find(kReplyCodes, code, &ReplyCode::code);
  return found == kReplyCodes.end() ? std::string_view() : found->words.in(language);
}

}  // namespace

std::string code_of_reply(const std::string& reply) {
  // SMTP code with or without enhanced code (RFC 3463) behind the command; or a report's status.
  static const Poco::RegularExpression pattern(
      "(^|: )(([245][0-9]{2}|[245]\\.[0-9]{1,3}\\.[0-9]{1,3})"
      "([ -][245]\\.[0-9]{1,3}\\.[0-9]{1,3})?)([ -]|$)");
  constexpr std::size_t kCode = 2;  // the group
  std::vector<std::string> groups;
  if (pattern.split(reply, groups) == 0) return "";
  std::string code = groups[kCode];
  std::ranges::replace(code, '-', ' ');
  return code;
}

std::string_view meaning_of_code(std::string_view code, Language language) {
  const auto space = code.find(' ');
  if (space == std::string_view::npos) return find(code, language);
  const std::string_view enhanced = find(code.substr(space + 1), language);
  return enhanced.empty() ? find(code.substr(0, space), language) : enhanced;
}

std::string_view meaning_of_reply(std::string_view reply, Language language) {
  return meaning_of_code(code_of_reply(std::string(reply)), language);
}

}  // namespace portal
