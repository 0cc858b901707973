// Table account: the people who can log in. Unique constraints allow one account for each clinic
// and one for each address.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/registration/applicant.h"

namespace portal {

class Connection;

// The applicant whose link was followed. The number and the address's key are unique.
struct Account : Applicant {
  std::string id = {};
  std::string email_key = {};
  std::string password_hash = {};  // for add(); else empty (see password_hashes.h)
  EpochSeconds created_at = 0;
  std::string state = "active";        // or "disabled", which cannot log in
  EpochSeconds last_login_at = 0;      // 0 if never
  std::string last_login_client = {};  // an address, or empty

  bool active() const { return state == "active"; }
};

// Account::state, by its name in the database.
struct AccountState {
  std::string_view name;
  Words words;  // for operators and the call centre
};
inline constexpr auto kAccountStates = std::to_array<AccountState>({
    {"active", {"active", "有効"}},
    {"disabled", {"disabled", "停止中"}},
});

class Accounts {
 public:
  explicit Accounts(Connection& connection) : connection_(connection) {}
  // Returns false and changes nothing if the address or the clinic already has an account.
  bool add(const Account& account);
  std::optional<Account> find(std::string_view id);
  std::optional<Account> find_by_email(std::string_view email_key);
  std::optional<Account> find_by_number(const RegistrationNumber& number);

  // Nobody else changes the account before this transaction ends, so what is read of it from now on
  // is still true when it commits.
  void lock(std::string_view id);
  // The same, if it still has the address with which it was read. False if it has another by now or
  // is gone.
  [[nodiscard]] bool lock(std::string_view id, std::string_view email);

  // These return false if there is no such account; set_email() also if another account has the
  // address.
  bool set_phone(std::string_view id, std::string_view phone);
  bool set_email(std::string_view id, std::string_view email, std::string_view email_key);
  bool set_password(std::string_view id, std::string_view password_hash);
  bool set_state(std::string_view id, std::string_view state);
  bool set_last_login(std::string_view id, EpochSeconds now, std::string_view client);
  // Removes the account with its sessions and links. Its clinic and address can be registered
  // again.
  bool remove(std::string_view id);

 private:
  Connection& connection_;
};

}  // namespace portal
