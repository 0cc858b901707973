// How often a password may be tried, counted in the database, so that all nodes share it.
//
// By account and client network together: who guesses from elsewhere never locks the owner out
// (OWASP ASVS 5.0 §6.3.1). By network alone, generously: a carrier's customers share addresses.
// And by account alone, over all networks: the one total that refuses (policy.h). A browser that is
// known to the account (known_device.h) has a limit of its own instead of all three. Only wrong
// passwords remain counted.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/database/account/accounts.h"
#include "core/http/request.h"
#include "core/http/response.h"
#include "core/registration/policy.h"
#include "core/responder/counted_by.h"
#include "core/responder/site.h"

namespace portal {

// A try that was counted before its outcome is known, or was refused.
struct PasswordTry {
  // Whose password is tried: the account's id; without one, a name made of the address, so that
  // both are slowed down alike.
  std::string subject;
  EpochSeconds wait = 0;     // seconds to wait instead of trying; 0: go ahead
  Throttle refused_by = {};  // the limit that asks for the wait
  std::vector<CountedBy> counted;
  std::vector<int> tries;  // the number of this try for each of them
  int of_account = 0;      // its number for kPasswordsOfAccount; 0: the device is known
  EpochSeconds at = 0;
};

class PasswordTries {
 public:
  PasswordTries(Connection& connection, const Site& site, const Request& request, EpochSeconds now)
      : connection_(connection), site_(site), request_(request), now_(now) {}

  PasswordTry take(const std::optional<Account>& account, std::string_view email_key);

  // After a wrong one. After ten within an hour, in whatever browsers that the account does not
  // know, its owner is told by mail that someone guesses; once a day.
  void wrong(const PasswordTry& tried, const std::optional<Account>& account);

  // After a right one: gives back this try and no other, but that a known device's are all
  // forgotten.
  void right(const PasswordTry& tried);

  // Forgets the tries from everywhere: there is a new password.
  void forget_all(std::string_view account_id);

 private:
  std::vector<CountedBy> limits_of(const PasswordTry& tried) const;

  Connection& connection_;
  const Site& site_;
  const Request& request_;
  EpochSeconds now_;
};

// What `verify` returns. If it cannot find out because there is no memory (std::bad_alloc), the try
// that was counted is given back before the exception goes on: nobody waits for want of memory.
bool verify_or_give_back(const Site& site, const Request& request, const PasswordTry& tried,
                         const std::function<bool()>& verify);

// 429: a page that says how long to wait, and leads back to `back`. `limit` is for the log.
Response wait_page(const Site& site, EpochSeconds wait, std::string_view back, Throttle limit);

}  // namespace portal
