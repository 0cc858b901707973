// Mails to the owner of an account, queued in the transaction of what they tell.
#pragma once

#include <string_view>

#include "core/base/clock.h"

namespace portal {

class Connection;

struct AccountMail {
  std::string_view kind;        // modules/mailer/letter.h
  std::string_view account_id;  // empty: the mailer finds out whether there is one
  std::string_view recipient;
};

void queue(Connection& connection, EpochSeconds now, const AccountMail& mail);

}  // namespace portal
