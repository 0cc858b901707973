// Table account: who can log in. One clinic has one, and one address has one: unique constraints.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"

namespace portal {

class Connection;

struct Account {
  std::string id;
  std::string family_name;
  std::string given_name;
  std::string number;  // registration number, unique
  std::string phone;
  std::string email;
  std::string email_key;  // unique
  std::string password_hash;
  EpochSeconds created_at = 0;
};

class Accounts {
 public:
  explicit Accounts(Connection& connection) : connection_(connection) {}
  // False, and nothing changes, if the address or the clinic has an account already.
  bool add(const Account& account);
  std::optional<Account> find_by_email(std::string_view email_key);
  std::optional<Account> find_by_number(std::string_view number);

 private:
  Connection& connection_;
};

}  // namespace portal
