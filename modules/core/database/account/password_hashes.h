// The column password_hash of the tables account and registration. No row that is found has it: on
// PostgreSQL it is readable by a function only, for one account or registration in a transaction
// (sql/0006_password_hash.sql, after Rodauth's).
#pragma once

#include <string>
#include <string_view>

namespace portal {

class Connection;

class PasswordHashes {
 public:
  explicit PasswordHashes(Connection& connection) : connection_(connection) {}

  // Of the account with that id, or else of the registration; empty: neither is there, or the
  // registration's has gone to its account. In one transaction, always of the same id.
  std::string of(std::string_view id);

 private:
  Connection& connection_;
};

}  // namespace portal
