// 登録記号番号: what identifies a clinic.  契0123456-7-8 (judo)  ·  01234567-8-9 (ahaki)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/registration/kinds.h"

namespace portal {

class RegistrationNumber {
 public:
  // From the parts of the form, already normalised. Nothing if a part is wrong.
  static std::optional<RegistrationNumber> from_parts(Institution institution,
                                                      const NumberParts& parts);

  // From one piece of text in any usual writing: full-width, with or without hyphens, in 【】.
  static std::optional<RegistrationNumber> parse(std::string_view text);

  const std::string& text() const { return text_; }  // the standard form, as above
  Institution institution() const;
  NumberParts parts() const;  // valid as long as the number is

  bool operator==(const RegistrationNumber&) const = default;

 private:
  explicit RegistrationNumber(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

// Of a number's text in its standard form, without making a RegistrationNumber of it:
const ClinicKind& kind_of_number(std::string_view number);
std::string_view prefecture_of(std::string_view number);  // "13": its first two digits
// Equal if and only if the numbers are, and small, for tables of a whole roster.
std::uint64_t packed(std::string_view number);

}  // namespace portal
