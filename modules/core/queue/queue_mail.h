// Queues mails, each in the transaction of what causes it. The mailer makes the message when it
// sends it.
#pragma once

#include <string_view>

#include "core/base/clock.h"
#include "core/database/mail/mail_kind.h"
#include "core/database/registration/registrations.h"
#include "core/database/registration/waiting.h"
#include "core/http/client_address.h"

namespace portal {

class Connection;

// A mail about an account.
struct AccountMail {
  MailKind kind;
  std::string_view account_id;  // empty: the mailer finds out whether there is one
  std::string_view recipient;
  // Who causes a mail that anyone can cause (MailKindRow::limited): what the limits count it by.
  Client client = {};
  std::string device = {};  // OutboxRow::device
};

void queue_account_mail(Connection& connection, EpochSeconds now, const AccountMail& mail);

// Queues the mail with the activation link. `client` is who caused it.
void queue_activation(Connection& connection, EpochSeconds now, const Registration& registration,
                      const Client& client);

// Queues the same mail again, unless the last one is younger than kResendCoolDown. Returns the
// seconds to wait; 0: the mail is queued.
EpochSeconds queue_activation_again(Connection& connection, EpochSeconds now,
                                    const Registration& registration, const Client& client);

// Queues the mail to a person who waited: the clinic is in the roster now.
void queue_listed(Connection& connection, EpochSeconds now, const WaitingEntry& entry);

}  // namespace portal
