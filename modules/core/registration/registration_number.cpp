// See registration_number.h.
#include "core/registration/registration_number.h"

#include <algorithm>

#include "core/registration/rules.h"
#include "core/text/text.h"

namespace portal {
namespace {

constexpr std::size_t kAgreementBytes = std::string_view("契").size();
constexpr std::size_t kJudoDigits = 7;
constexpr std::size_t kAhakiDigits = 8;

std::string joined(std::string_view agreement, std::string_view number, std::string_view suffix1,
                   std::string_view suffix2) {
  std::string text(agreement);
  text.append(number).append("-").append(suffix1).append("-").append(suffix2);
  return text;
}

std::string_view without_brackets(std::string_view text) {
  constexpr std::string_view kOpen = "【";
  constexpr std::string_view kClose = "】";
  if (text.starts_with(kOpen) && text.ends_with(kClose)) {
    text.remove_prefix(kOpen.size());
    text.remove_suffix(kClose.size());
  }
  return text;
}

}  // namespace

std::string_view code_of(Institution institution) {
  return institution == Institution::kJudo ? "judo" : "ahaki";
}

std::optional<Institution> institution_of(std::string_view code) {
  for (const auto institution : {Institution::kJudo, Institution::kAhaki}) {
    if (code == code_of(institution)) return institution;
  }
  return std::nullopt;
}

std::string_view name_of(Institution institution) {
  return institution == Institution::kJudo ? "施術所（柔道整復）"
                                           : "施術所（あん摩マッサージ指圧・はり・きゅう）";
}

std::optional<RegistrationNumber> RegistrationNumber::judo(std::string_view agreement,
                                                           std::string_view number,
                                                           std::string_view suffix1,
                                                           std::string_view suffix2) {
  const bool right = rules::is_agreement(agreement) && rules::is_digits(number, kJudoDigits) &&
                     rules::is_digits(suffix1, 1) && rules::is_digits(suffix2, 1);
  if (!right) return std::nullopt;
  return RegistrationNumber(joined(agreement, number, suffix1, suffix2));
}

std::optional<RegistrationNumber> RegistrationNumber::ahaki(std::string_view number,
                                                            std::string_view suffix1,
                                                            std::string_view suffix2) {
  const bool right = rules::is_digits(number, kAhakiDigits) && rules::is_digits(suffix1, 1) &&
                     rules::is_digits(suffix2, 1);
  if (!right) return std::nullopt;
  return RegistrationNumber(joined("", number, suffix1, suffix2));
}

std::optional<RegistrationNumber> RegistrationNumber::parse(std::string_view text) {
  if (!text::valid_utf8(text)) return std::nullopt;
  const std::string folded = text::fold_digits(text);
  const std::string_view bare = without_brackets(folded);
  // Two digits at the end are the suffixes, whichever kind it is.
  const auto part = [&](std::size_t from, std::size_t count) {
    return from <= bare.size() ? bare.substr(from, count) : std::string_view();
  };
  if (bare.size() == kAhakiDigits + 2) {
    return ahaki(part(0, kAhakiDigits), part(kAhakiDigits, 1), part(kAhakiDigits + 1, 1));
  }
  constexpr auto kSuffix1 = kAgreementBytes + kJudoDigits;
  if (bare.size() != kSuffix1 + 2) return std::nullopt;
  return judo(part(0, kAgreementBytes), part(kAgreementBytes, kJudoDigits), part(kSuffix1, 1),
              part(kSuffix1 + 1, 1));
}

Institution RegistrationNumber::institution() const {
  return rules::is_agreement(std::string_view(text_).substr(0, kAgreementBytes))
             ? Institution::kJudo
             : Institution::kAhaki;
}

RegistrationNumber::Parts RegistrationNumber::parts() const {
  const bool judo = institution() == Institution::kJudo;
  const std::size_t begin = judo ? kAgreementBytes : 0;
  const std::size_t end = text_.find('-');
  return {text_.substr(0, begin), text_.substr(begin, end - begin), text_.substr(end + 1, 1),
          text_.substr(end + 3, 1)};
}

}  // namespace portal
