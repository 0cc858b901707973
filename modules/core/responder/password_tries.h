// How often a password may be tried, counted in the database, so that all nodes share it.
//
// By account and client network together: who guesses from elsewhere never locks the owner out
// (OWASP ASVS 4.0.3 §2.2.1). By network alone, generously: a carrier's customers share addresses.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/database/account/accounts.h"
#include "core/http/request.h"
#include "core/http/response.h"
#include "core/responder/site.h"

namespace portal {

// Whose password is tried: the account's id; without one, a name made of the address, so that both
// are slowed down alike.
std::string tried_subject(const std::optional<Account>& account, std::string_view email_key);

class PasswordTries {
 public:
  PasswordTries(Connection& connection, const Request& request, EpochSeconds now)
      : connection_(connection), request_(request), now_(now) {}

  // Counts a try before its outcome is known. Seconds to wait instead of trying; 0: go ahead.
  EpochSeconds take(std::string_view subject);

  // After a wrong one. After ten within an hour, from wherever they came, the owner of the account
  // is told by mail that someone guesses; once a day.
  void wrong(std::string_view subject, const std::optional<Account>& account);

  // After the right one from here.
  void forget(std::string_view subject);
  // From everywhere: there is a new password.
  void forget_all(std::string_view subject);

 private:
  std::string pair_key(std::string_view subject) const;

  Connection& connection_;
  const Request& request_;
  EpochSeconds now_;
};

// 429: a page that says how long to wait, and leads back to `back`.
Response wait_page(const Site& site, EpochSeconds wait, std::string_view back);

}  // namespace portal
