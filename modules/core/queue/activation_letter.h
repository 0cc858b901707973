// Which letter the mail of a registration becomes: the link, the notice that its address is
// registered, or none. The mailer asks when it sends; who queues a mail for an operator asks
// before, so that he is promised nothing else.
#pragma once

#include <optional>

#include "core/database/account/accounts.h"
#include "core/database/mail/outbox.h"
#include "core/database/registration/registrations.h"
#include "core/queue/mail_limits.h"

namespace portal {

class Connection;

// Why a registration gets no mail of its own any more, whatever the limits say. Nothing: it may.
std::optional<Obstruction> closed(const std::optional<Registration>& registration);

// Why a mail to an earlier address of a registration is not sent.
Obstruction address_corrected();

// The account that has the registration's address: it gets the notice `registered` in place of a
// link. Nothing: the link is sent.
std::optional<Account> holder_of_address(Connection& connection, const Registration& registration);

struct ActivationForecast {
  std::optional<Account> holder;           // holder_of_address()
  std::optional<Account> clinics_account;  // another's, of the clinic: no link would work
  std::optional<Obstruction> obstruction;  // why no letter leaves now
};

// What would come of a mail that is queued now on this machine. Changes nothing.
ActivationForecast foresee_activation(Connection& connection, const Registration& registration,
                                      const MailLimits& limits, EpochSeconds now);

}  // namespace portal
