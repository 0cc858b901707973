// Table account: who can log in. One clinic has one, and one address has one: unique constraints.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/registration/applicant.h"

namespace portal {

class Connection;

// The applicant whose link was followed. The number and the address's key are unique.
struct Account : Applicant {
  std::string id = {};
  std::string email_key = {};
  std::string password_hash = {};  // for add(); empty in a row that was found: password_hashes.h
  EpochSeconds created_at = 0;
  std::string state = "active";        // or "disabled": cannot log in
  EpochSeconds last_login_at = 0;      // 0: never
  std::string last_login_client = {};  // address, or empty

  bool active() const { return state == "active"; }
};

class Accounts {
 public:
  explicit Accounts(Connection& connection) : connection_(connection) {}
  // False, and nothing changes, if the address or the clinic has an account already.
  bool add(const Account& account);
  std::optional<Account> find(std::string_view id);
  std::optional<Account> find_by_email(std::string_view email_key);
  std::optional<Account> find_by_number(const RegistrationNumber& number);

  // Each false if there is no such account; set_email also if another one has that address.
  bool set_phone(std::string_view id, std::string_view phone);
  bool set_email(std::string_view id, std::string_view email, std::string_view email_key);
  bool set_password(std::string_view id, std::string_view password_hash);
  bool set_state(std::string_view id, std::string_view state);
  bool set_last_login(std::string_view id, EpochSeconds now, std::string_view client);
  // With its sessions and links; the clinic and the address are free again.
  bool remove(std::string_view id);

 private:
  Connection& connection_;
};

}  // namespace portal
