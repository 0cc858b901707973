// See registration_number.h.
#include "core/registration/registration_number.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "core/registration/rules.h"
#include "core/text/text.h"

namespace portal {
namespace {

constexpr std::size_t kSuffixes = 2;  // of one digit each

// With which of the kind's agreements the text begins; empty: with none.
std::string_view agreement_in(const ClinicKind& kind, std::string_view text) {
  for (const auto agreement : kind.agreements) {
    if (text.starts_with(agreement)) return agreement;
  }
  return "";
}

// The kind's agreement that stands last in the text; empty: there is none.
std::string last_agreement_in(const ClinicKind& kind, std::string_view text) {
  std::string_view last;
  std::size_t position = 0;
  for (const auto agreement : kind.agreements) {
    const auto found = text.rfind(agreement);
    if (found == std::string_view::npos || (!last.empty() && found < position)) continue;
    last = agreement;
    position = found;
  }
  return std::string(last);
}

bool is_right(const ClinicKind& kind, const NumberParts& parts) {
  const bool agreement = kind.agreements.empty()
                             ? parts.agreement.empty()
                             : rules::is_agreement(kind.institution, parts.agreement);
  return agreement && rules::is_digits(parts.number, kind.digits) &&
         rules::is_digits(parts.suffix1, 1) && rules::is_digits(parts.suffix2, 1);
}

// A text without hyphens, as long as a number of that kind.
std::optional<NumberParts> split(const ClinicKind& kind, std::string_view bare) {
  const std::size_t begin = agreement_in(kind, bare).size();
  const std::size_t end = begin + kind.digits;
  if (bare.size() != end + kSuffixes) return std::nullopt;
  return NumberParts{bare.substr(0, begin), bare.substr(begin, kind.digits), bare.substr(end, 1),
                     bare.substr(end + 1, 1)};
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

std::optional<RegistrationNumber> RegistrationNumber::from_parts(Institution institution,
                                                                 const NumberParts& parts) {
  if (!is_right(kind_of(institution), parts)) return std::nullopt;
  std::string text(parts.agreement);
  text.append(parts.number).append("-").append(parts.suffix1).append("-").append(parts.suffix2);
  return RegistrationNumber(std::move(text));
}

std::optional<RegistrationNumber> RegistrationNumber::parse(std::string_view text) {
  if (!text::valid_utf8(text)) return std::nullopt;
  const std::string folded = text::fold_digits(text);
  const std::string_view bare = without_brackets(folded);
  for (const ClinicKind& kind : kClinicKinds) {
    const auto parts = split(kind, bare);
    if (!parts) continue;
    if (auto number = from_parts(kind.institution, *parts)) return number;
  }
  return std::nullopt;
}

std::optional<RegistrationNumber> RegistrationNumber::find_in(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789";
  const std::string folded = text::fold_number(text);
  const std::string_view bare = folded;
  const auto begin = std::min(bare.find_first_of(kDigits), bare.size());
  const auto end = std::min(bare.find_first_not_of(kDigits, begin), bare.size());
  if (bare.find_first_of(kDigits, end) != std::string_view::npos) return std::nullopt;
  const std::string_view digits = bare.substr(begin, end - begin);
  for (const ClinicKind& kind : kClinicKinds) {
    const std::string written =
        last_agreement_in(kind, bare.substr(0, begin)) + std::string(digits);
    const auto parts = split(kind, written);
    if (!parts) continue;
    if (auto number = from_parts(kind.institution, *parts)) return number;
  }
  return std::nullopt;
}

std::optional<RegistrationNumber> RegistrationNumber::from_standard_form(std::string text) {
  const std::string_view view = text;
  for (const ClinicKind& kind : kClinicKinds) {
    const std::size_t begin = agreement_in(kind, view).size();
    const std::size_t end = begin + kind.digits;
    if (view.size() != end + 2 * kSuffixes || view[end] != '-' || view[end + 2] != '-') continue;
    const NumberParts parts{view.substr(0, begin), view.substr(begin, kind.digits),
                            view.substr(end + 1, 1), view.substr(end + 3, 1)};
    if (is_right(kind, parts)) return RegistrationNumber(std::move(text));
  }
  return std::nullopt;
}

Institution RegistrationNumber::institution() const {
  return kind().institution;
}

NumberParts RegistrationNumber::parts() const {
  const std::string_view text = text_;
  const std::size_t begin = agreement_in(kind(), text).size();
  const std::size_t end = text.find('-');
  return {text.substr(0, begin), text.substr(begin, end - begin), text.substr(end + 1, 1),
          text.substr(end + 3, 1)};
}

const ClinicKind& RegistrationNumber::kind() const {
  for (const ClinicKind& kind : kClinicKinds) {
    const std::size_t begin = agreement_in(kind, text_).size();
    const bool has_agreement = begin > 0;
    if (has_agreement != kind.agreements.empty() && text_.find('-') == begin + kind.digits) {
      return kind;
    }
  }
  assert(false && "a number that is still to be filled in");
  return kClinicKinds.front();
}

std::string_view RegistrationNumber::prefecture() const {
  constexpr std::size_t kDigits = 2;
  return parts().number.substr(0, kDigits);
}

std::uint64_t RegistrationNumber::packed() const {
  constexpr std::uint64_t kAboveDigits = 1'000'000'000'000;
  // Each agreement begins numbers of its own; so do the digits of each kind without one.
  std::uint64_t above = 0;
  const ClinicKind& own = kind();
  for (const ClinicKind& other : kClinicKinds) {
    if (&other == &own) break;
    above += other.agreements.size() + 1;
  }
  const auto agreement = std::ranges::find(own.agreements, agreement_in(own, text_));
  above += static_cast<std::uint64_t>(agreement - own.agreements.begin());
  std::uint64_t digits = 0;
  for (const char c : text_) {
    if (c >= '0' && c <= '9') digits = digits * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return above * kAboveDigits + digits;
}

}  // namespace portal
