// Whom an operator asks about: an address, a registration number or a phone number.
#pragma once

#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/registration/registration_number.h"

namespace portal {

// What of these the text can be; the others are not there. Ten digits are both a phone number and a
// registration number without its hyphens.
struct Query {
  std::string email_key;
  std::optional<RegistrationNumber> number;
  std::string phone;
};

// `text` in any usual writing. Error: kNotFound, it is none of the three.
Result<Query> parse_query(const std::string& text);

}  // namespace portal
