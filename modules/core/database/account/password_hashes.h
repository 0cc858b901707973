// The column password_hash of the tables account and registration. The other classes never read it:
// on PostgreSQL only a function can, for one account or registration in a transaction
// (sql/0006_password_hash.sql, after the model of Rodauth).
#pragma once

#include <string>
#include <string_view>

namespace portal {

class Connection;

class PasswordHashes {
 public:
  explicit PasswordHashes(Connection& connection) : connection_(connection) {}

  // The hash of the account with this id, or else of the registration. Empty if there is neither,
  // or if the registration's hash has moved to an account that is gone. All calls of one
  // transaction must have the same id.
  std::string of(std::string_view id);

 private:
  Connection& connection_;
};

}  // namespace portal
