#include "portalctl/find_account.h"

#include <optional>

#include "core/registration/application.h"
#include "core/registration/registration_number.h"
#include "core/text/text.h"

namespace portalctl {

using portal::Account;
using portal::Connection;
using portal::Result;

Result<Account> find_account(portal::Database& database, const std::string& text) {
  const bool readable = portal::text::valid_utf8(text);
  const bool is_address = readable && text.find('@') != std::string::npos;
  const auto number = readable ? portal::RegistrationNumber::parse(text) : std::nullopt;
  if (!is_address && !number) {
    return portal::not_found(text + ": neither an address nor a number such as 契0123456-7-8");
  }
  const auto found = database.read([&](Connection& connection) {
    portal::Accounts accounts(connection);
    return is_address ? accounts.find_by_email(portal::email_key(text))
                      : accounts.find_by_number(number->text());
  });
  if (!found) return found.error();
  if (!*found) return portal::not_found(text + " has no account");
  return **found;
}

}  // namespace portalctl
