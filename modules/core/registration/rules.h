// The rules, one function each: what is wrong with a value (contract.md §2). A row of
// the table of fields (fields.h) names its rule; everybody else asks for the field.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/form/form.h"
#include "core/registration/kinds.h"

namespace portal::rules {

bool is_agreement(Institution institution, std::string_view text);  // 協 or 契
bool is_digits(std::string_view text, std::size_t count);

// What is wrong, each as the end of its message's code: "missing", "format". Empty: nothing.
using Problems = std::vector<std::string_view>;

// `value` is normalised. `entered` has the normalised fields that come before it in the form.
using Rule = Problems (*)(std::string_view value, const Form& entered);

Problems name(std::string_view value, const Form& entered);
Problems institution(std::string_view value, const Form& entered);
Problems phone(std::string_view value, const Form& entered);
// "Valid e-mail address" of the HTML standard, and at most 254 characters (RFC 5321 §4.5.3.1.3).
Problems email(std::string_view value, const Form& entered);
// Every unmet condition is a problem of its own.
Problems password(std::string_view value, const Form& entered);
Problems confirmation(std::string_view value, const Form& entered);
Problems terms(std::string_view value, const Form& entered);

template <Institution institution>
Problems agreement(std::string_view value, const Form& /*entered*/) {
  if (value.empty()) return {"missing"};
  return is_agreement(institution, value) ? Problems{} : Problems{"unknown"};
}

template <std::size_t count>
Problems digits(std::string_view value, const Form& /*entered*/) {
  if (value.empty()) return {"missing"};
  return is_digits(value, count) ? Problems{} : Problems{"format"};
}

// The long part of the kind's number.
template <Institution institution>
Problems number(std::string_view value, const Form& entered) {
  return digits<kind_of(institution).digits>(value, entered);
}

}  // namespace portal::rules
