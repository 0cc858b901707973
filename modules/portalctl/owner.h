// Whom an operator means by an address or a registration number.
#pragma once

#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/database/account/accounts.h"
#include "core/database/database.h"

namespace portalctl {

// The address's key, or the number.
struct Owner {
  std::string email_key;
  std::optional<portal::RegistrationNumber> number;
};

// `text`: an address, or a registration number in any usual writing. Error: kNotFound, it is
// neither.
portal::Result<Owner> parse_owner(const std::string& text);

// The account of that owner. Errors: kNotFound, and the database's.
portal::Result<portal::Account> find_account(portal::Database& database, const std::string& text);

}  // namespace portalctl
