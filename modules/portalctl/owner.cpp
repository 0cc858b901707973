#include "portalctl/owner.h"

#include "core/history/query.h"

namespace portalctl {

using portal::Result;

Result<Owner> parse_owner(const std::string& text) {
  const auto query = portal::parse_query(text);
  if (query && !query->email_key.empty()) return Owner{query->email_key, std::nullopt};
  if (query && query->number) return Owner{"", query->number};
  return portal::not_found(text + ": neither an address nor a number such as 契0123456-7-8");
}

Result<portal::Account> find_account(portal::Database& database, const std::string& text) {
  const auto owner = parse_owner(text);
  if (!owner) return owner.error();
  const auto found = database.read([&](portal::Connection& connection) {
    portal::Accounts accounts(connection);
    return owner->number ? accounts.find_by_number(*owner->number)
                         : accounts.find_by_email(owner->email_key);
  });
  if (!found) return found.error();
  if (!*found) return portal::not_found(text + " has no account");
  return **found;
}

}  // namespace portalctl
