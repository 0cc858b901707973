#include "core/mail/refusal.h"

#include <Poco/RegularExpression.h>
#include <Poco/String.h>

#include <algorithm>

#include "core/mail/refusal_facts.h"

namespace portal::mail {
namespace {

using Poco::RegularExpression;

constexpr std::size_t kMostText = 4000;  // of a diagnostic; a reply has at most 500 characters

bool is_temporary(const Refusal& refusal) {
  if (refusal.code != 0) return refusal.code / 100 == 4;
  return refusal.status.starts_with('4');
}

// The three digits of the reply: at the start, or in a report wherever a reply is quoted.
int code_of(const std::string& text) {
  static const RegularExpression code("(?<![0-9.#])[45][0-9][0-9](?=[- :;,]|$)");
  std::string digits;
  return code.extract(text, digits) > 0 ? std::stoi(digits) : 0;
}

// "5.0.0" and "5.1.0" say nothing in particular.
bool is_general(std::string_view status) {
  return status.ends_with(".0");
}

// The first status that says something, else the first. An IP address is none.
std::string status_of(const std::string& text, std::string_view field) {
  static const RegularExpression pattern(
      "(?<![0-9.])[45]\\.[0-9]{1,3}\\.[0-9]{1,3}(?![0-9]|\\.[0-9])");
  std::string first;
  RegularExpression::Match match;
  for (std::size_t at = 0; pattern.match(text, at, match) > 0; at = match.offset + match.length) {
    std::string status = text.substr(match.offset, match.length);
    if (!is_general(status)) return status;
    if (first.empty()) first = std::move(status);
  }
  std::string told;
  pattern.extract(std::string(field), told);
  const bool better = !told.empty() && (first.empty() || !is_general(told));
  return better ? told : first;
}

// The text without the words that have an @ in them. Not a pattern: `\S*@` looks for the @ anew
// from each character of a long word, which took a quarter of a second for 4 KB.
std::string without_addresses(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\n\v\f\r";
  std::string rest;
  while (!text.empty()) {
    const auto word = text.substr(0, text.find_first_of(kSpaces));
    if (word.find('@') == std::string_view::npos) rest += word;
    text.remove_prefix(word.size());
    const auto spaces = std::min(text.size(), text.find_first_not_of(kSpaces));
    rest += text.substr(0, spaces);
    text.remove_prefix(spaces);
  }
  return rest;
}

// The text with a space in place of each match, in one pass; Poco's subst() copies all of it for
// each.
std::string with_spaces_for(const RegularExpression& pattern, const std::string& text) {
  std::string replaced;
  std::size_t at = 0;
  for (RegularExpression::Match match; pattern.match(text, at, match) > 0;) {
    replaced.append(text, at, match.offset - at).append(" ");
    at = match.offset + match.length;
  }
  return replaced.append(text, at);
}

// The text as the facts have it: lower case, in one line, without codes, without addresses, and
// without the recipient's domain. Long replies repeat their codes in the middle of a sentence.
std::string words_of(std::string text, std::string_view recipient) {
  static const RegularExpression codes(
      "(?<![0-9.])([45][0-9][0-9][- ])?#?[45]\\.[0-9]{1,3}\\.[0-9]{1,3}(?![0-9]|\\.[0-9])"
      "|(?<![0-9.])[45][0-9][0-9]-");
  static const RegularExpression spaces("\\s+");
  text = with_spaces_for(codes, without_addresses(Poco::toLower(text)));
  const auto at = recipient.rfind('@');
  if (at != std::string_view::npos && at + 1 < recipient.size()) {
    Poco::replaceInPlace(text, Poco::toLower(std::string(recipient.substr(at + 1))), std::string());
  }
  return with_spaces_for(spaces, text);
}

// Whether the text has all parts of the pattern, which are separated by *, one after the other.
bool has_parts(std::string_view text, std::string_view pattern) {
  while (!pattern.empty()) {
    const auto star = std::min(pattern.find('*'), pattern.size());
    const auto found = text.find(pattern.substr(0, star));
    if (found == std::string_view::npos) return false;
    text.remove_prefix(found + star);
    pattern.remove_prefix(std::min(star + 1, pattern.size()));
  }
  return true;
}

// Whether the text has one of the patterns, which are separated by |. No pattern: any text.
bool has_words(std::string_view text, std::string_view patterns) {
  for (;;) {
    const auto bar = std::min(patterns.find('|'), patterns.size());
    if (has_parts(text, patterns.substr(0, bar))) return true;
    if (bar == patterns.size()) return false;
    patterns.remove_prefix(bar + 1);
  }
}

// Whether "5.7.606" is "7.6??". A * at the end is anything.
bool has_status(std::string_view status, std::string_view pattern) {
  if (pattern.empty()) return true;
  if (status.size() < 2) return false;
  status.remove_prefix(2);
  if (pattern.ends_with('*')) {
    pattern.remove_suffix(1);
    return status.starts_with(pattern);
  }
  return std::ranges::equal(status, pattern, [](char c, char p) { return p == '?' || c == p; });
}

bool is_there(Stage stage, Where where) {
  switch (where) {
    case Where::kAnywhere:
      return true;
    case Where::kAtRelay:
      return stage != Stage::kReport;
    case Where::kInReport:
      return stage == Stage::kReport;
    case Where::kAtRecipient:
      return stage == Stage::kRecipient;
    case Where::kAtMessage:
      return stage == Stage::kMessage;
  }
  return false;
}

MailFault fault_of(const Told& told, const Refusal& refusal, const std::string& words) {
  // No recipient was named yet.
  if (told.stage == Stage::kSession || told.stage == Stage::kSender) return MailFault::kOurs;
  const auto* const fact = std::ranges::find_if(kRefusalFacts, [&](const RefusalFact& known) {
    return (known.code == 0 || known.code == refusal.code) && is_there(told.stage, known.where) &&
           has_status(refusal.status, known.status) && has_words(words, known.words);
  });
  return fact == kRefusalFacts.end() ? MailFault::kUnclear : fact->fault;
}

}  // namespace

Refusal read_refusal(const Told& told) {
  const std::string text(told.text.substr(0, kMostText));
  Refusal refusal;
  refusal.code = code_of(text);
  refusal.status = status_of(text, told.status);
  refusal.fault = fault_of(told, refusal, words_of(text, told.recipient));
  refusal.final = of_recipient(refusal.fault) && refusal.fault != MailFault::kMailboxFull &&
                  !is_temporary(refusal);
  return refusal;
}

}  // namespace portal::mail
