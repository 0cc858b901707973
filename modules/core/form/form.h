// Form: the fields of application/x-www-form-urlencoded text, by name: what a body or a query
// holds.
//
// It knows no HTTP, so that the rules of registration, which read one, know none either. Decoding
// is strict: a value is valid UTF-8 without NUL.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace portal {

class Form {
 public:
  Form() = default;
  Form(const Form&) = default;
  Form(Form&&) noexcept = default;
  Form& operator=(const Form&) = default;
  Form& operator=(Form&&) noexcept = default;
  ~Form();  // wipes the values: some are passwords

  // Refused: a broken percent escape, malformed UTF-8, NUL, a field that comes twice
  // (contract.md §1: 400).
  static Result<Form> decode(std::string_view encoded);

  // The inverse, in the order of the names; decode(encode()) gives the same form.
  std::string encode() const;

  // Empty if the field is absent. Valid as long as the form is.
  std::string_view get(std::string_view name) const;
  bool has(std::string_view name) const;
  void set(std::string_view name, std::string_view value);
  void remove(std::string_view name);

 private:
  std::map<std::string, std::string, std::less<>> fields_;
};

}  // namespace portal
