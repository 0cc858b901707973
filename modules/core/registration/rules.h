// The rules, one function each: what is wrong with a value (contract.md §2). A row of
// the table of fields (fields.h) names its rule; everybody else asks for the field.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/form/form.h"
#include "core/registration/kinds.h"
#include "core/registration/password_blocklist.h"

namespace portal::rules {

bool is_agreement(Institution institution, std::string_view text);  // 協 or 契
bool is_digits(std::string_view text, std::size_t count);

// One thing that is wrong.
struct Problem {
  // Implicit, so that a rule can list codes.
  Problem(const char* end_of_code, std::string found = {})
      : code(end_of_code), detail(std::move(found)) {}
  std::string_view code;  // the end of its message's code: "missing", "format"
  std::string detail;     // what stands for {} in the message, such as a character
};

// Empty: nothing is wrong.
using Problems = std::vector<Problem>;

// What a rule may look at besides the value. Both outlive the call.
struct Context {
  const Form& entered;  // the normalised fields that come before it in the form
  const PasswordBlocklist& blocklist;
};

// `value` is normalised.
using Rule = Problems (*)(std::string_view value, const Context& context);

Problems name(std::string_view value, const Context& context);
Problems institution(std::string_view value, const Context& context);
Problems phone(std::string_view value, const Context& context);
// "Valid e-mail address" of the HTML standard, with at least one dot in the domain, and at most 254
// characters (RFC 5321 §4.5.3.1.3). At most one problem: the first that a reader would mend.
Problems email(std::string_view value, const Context& context);
// Every unmet condition is a problem of its own. A password that meets all of them must not be too
// common.
Problems password(std::string_view value, const Context& context);
Problems confirmation(std::string_view value, const Context& context);
Problems terms(std::string_view value, const Context& context);

template <Institution institution>
Problems agreement(std::string_view value, const Context& /*context*/) {
  if (value.empty()) return {"missing"};
  return is_agreement(institution, value) ? Problems{} : Problems{"unknown"};
}

template <std::size_t count>
Problems digits(std::string_view value, const Context& /*context*/) {
  if (value.empty()) return {"missing"};
  return is_digits(value, count) ? Problems{} : Problems{"format"};
}

// The long part of the kind's number.
template <Institution institution>
Problems number(std::string_view value, const Context& context) {
  return digits<kind_of(institution).digits>(value, context);
}

}  // namespace portal::rules
