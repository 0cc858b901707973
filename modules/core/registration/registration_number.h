// 登録記号番号: what identifies a clinic.  契0123456-7-8 (judo)  ·  01234567-8-9 (ahaki)
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/registration/kinds.h"

namespace portal {

// A registration number in its standard form. One that was made without a text is still to be
// filled in, as in a row before it is read: it may only be assigned to, compared and asked empty().
class RegistrationNumber {
 public:
  RegistrationNumber() = default;

  // From the parts of the form, already normalised. Nothing if a part is wrong.
  static std::optional<RegistrationNumber> from_parts(Institution institution,
                                                      const NumberParts& parts);

  // From one piece of text in any usual writing: full-width, with or without hyphens, in 【】.
  static std::optional<RegistrationNumber> parse(std::string_view text);
  // The only number in a text with words around it: 登録記号番号 契0123456-7-8, 契第0123456-7-8号.
  // Nothing if the text has other digits, too.
  static std::optional<RegistrationNumber> find_in(std::string_view text);
  // From text() of a number, as the database keeps it. Nothing for any other writing.
  static std::optional<RegistrationNumber> from_standard_form(std::string text);

  bool empty() const { return text_.empty(); }
  const std::string& text() const { return text_; }  // the standard form, as above
  const ClinicKind& kind() const;
  Institution institution() const;
  NumberParts parts() const;            // valid as long as the number is
  std::string_view prefecture() const;  // "13": the first two digits
  // Equal if and only if the numbers are, and small, for tables of a whole roster.
  std::uint64_t packed() const;

  auto operator<=>(const RegistrationNumber&) const = default;  // as the database sorts: by bytes

 private:
  explicit RegistrationNumber(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace portal
