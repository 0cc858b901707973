// What `account disable`, `enable`, `unlock` and `release` have in common: each asks first, and
// then does its action (core/actions) with the reason that was given, in one transaction.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/actions/hindrance.h"
#include "core/actions/instruction.h"
#include "core/base/result.h"
#include "core/database/database.h"
#include "portalctl/context.h"

namespace portalctl {

struct AccountChange {
  std::string_view question;  // the number and the name follow it: "Disable the account of"
  std::function<portal::Outcome(portal::Connection&, std::string_view id,
                                const portal::Instruction&)>
      act;
  std::function<std::string(const portal::Outcome&)> words;  // what is said when it is done
};

// Changes the account of the verb's argument, and prints what was done. The verb takes kYes and
// kReason.
portal::Result<portal::Done> change_account(Context& context, const AccountChange& change);

// "1 session", "2 sessions"
std::string in_words(int count, std::string_view what);

}  // namespace portalctl
