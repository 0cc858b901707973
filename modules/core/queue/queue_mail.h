// Mails, queued in the transaction of what causes them. The mailer writes them when it sends.
#pragma once

#include <string_view>

#include "core/base/clock.h"
#include "core/database/mail/mail_kind.h"
#include "core/database/registration/registrations.h"
#include "core/database/registration/waiting.h"

namespace portal {

class Connection;

// A mail about an account.
struct AccountMail {
  MailKind kind;
  std::string_view account_id;  // empty: the mailer finds out whether there is one
  std::string_view recipient;
};

void queue_account_mail(Connection& connection, EpochSeconds now, const AccountMail& mail);

// The mail with the link that activates, caused from that client's address.
void queue_activation(Connection& connection, EpochSeconds now, const Registration& registration,
                      std::string_view client);

// The same again, if a minute has passed since the last. Seconds to wait; 0: it is queued.
EpochSeconds queue_activation_again(Connection& connection, EpochSeconds now,
                                    const Registration& registration, std::string_view client);

// The mail to somebody who waited: the clinic is in the roster now.
void queue_listed(Connection& connection, EpochSeconds now, const WaitingEntry& entry);

}  // namespace portal
