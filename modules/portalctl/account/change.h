// What `account disable`, `enable`, `unlock` and `release` have in common: each asks first, changes
// the account and writes down why, in one transaction.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/database/account/accounts.h"
#include "core/database/database.h"
#include "core/database/journal/audit_event.h"
#include "portalctl/context.h"

namespace portalctl {

struct AccountChange {
  portal::AuditEvent event;
  std::string_view question;  // the number and the name follow it: "Disable the account of"
  // What is said afterwards. With an error nothing changes.
  std::function<portal::Result<std::string>(portal::Connection&, const portal::Account&,
                                            portal::EpochSeconds now)>
      apply;
};

// Changes the account of the verb's argument, and prints what was done. The verb takes kYes and
// kReason.
portal::Result<portal::Done> change_account(Context& context, const AccountChange& change);

// "1 session", "2 sessions"
std::string in_words(int count, std::string_view what);

}  // namespace portalctl
