// Whom an operator asks about: an address, a registration number or a phone number, or the request
// with the number that an error page showed (お問い合わせ番号).
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
  std::string request;  // with which its id begins: at least eight hexadecimal digits
};

// `text` in any usual writing. Error: kNotFound, it is none of these.
Result<Query> parse_query(const std::string& text);

}  // namespace portal
