#include "portalctl/owner.h"

#include <optional>

#include "core/registration/application.h"
#include "core/registration/registration_number.h"
#include "core/text/text.h"

namespace portalctl {

using portal::Account;
using portal::Connection;
using portal::Result;

Result<Whose> parse_whose(const std::string& text) {
  if (portal::text::valid_utf8(text)) {
    if (text.find('@') != std::string::npos) return Whose{portal::email_key(text), ""};
    if (const auto number = portal::RegistrationNumber::parse(text)) {
      return Whose{"", number->text()};
    }
  }
  return portal::not_found(text + ": neither an address nor a number such as 契0123456-7-8");
}

Result<Account> find_account(portal::Database& database, const std::string& text) {
  const auto whose = parse_whose(text);
  if (!whose) return whose.error();
  const auto found = database.read([&](Connection& connection) {
    portal::Accounts accounts(connection);
    return whose->number.empty() ? accounts.find_by_email(whose->email_key)
                                 : accounts.find_by_number(whose->number);
  });
  if (!found) return found.error();
  if (!*found) return portal::not_found(text + " has no account");
  return **found;
}

}  // namespace portalctl
