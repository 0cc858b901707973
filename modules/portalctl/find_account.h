// Which account an operator means.
#pragma once

#include <string>

#include "core/base/result.h"
#include "core/database/accounts.h"
#include "core/database/database.h"

namespace portalctl {

// `text`: an address, or a registration number in any usual writing. Errors: kNotFound, and the
// database's.
portal::Result<portal::Account> find_account(portal::Database& database, const std::string& text);

}  // namespace portalctl
