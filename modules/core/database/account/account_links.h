// Table account_link: the tokens that were mailed to owners of accounts. A token works once, within
// an hour from its sending.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"

namespace portal {

class Connection;

inline constexpr std::string_view kResetPurpose = "reset";               // a new password
inline constexpr std::string_view kEmailChangePurpose = "email_change";  // to AccountLink::email

struct AccountLink {
  std::string token_hash;
  std::string account_id;
  std::string purpose;
  std::string email;  // the new address, or empty
  EpochSeconds sent_at = 0;
  EpochSeconds used_at = 0;  // 0 if it was not used yet
};

class AccountLinks {
 public:
  explicit AccountLinks(Connection& connection) : connection_(connection) {}
  void add(const AccountLink& link);
  // Finds a link of any age, so that the screen can say what is wrong with it.
  std::optional<AccountLink> find(std::string_view token_hash);
  std::vector<AccountLink> of_account(std::string_view id);  // newest first
  // False if it was used before.
  bool use(std::string_view token_hash, EpochSeconds now);
  // Ends all unused links of an account. Its password or address has changed, and a person who
  // could read the earlier mails may not be the owner.
  void end_all(std::string_view account_id, EpochSeconds now);
  int end_everyones(EpochSeconds now);  // of all accounts; returns their number
  int purge(EpochSeconds sent_before, int most);

 private:
  Connection& connection_;
};

}  // namespace portal
