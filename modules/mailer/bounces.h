// Returned mail: `portal-mailer --bounce` reads it and marks the row of the outbox.
#pragma once

#include <string_view>

#include "core/base/clock.h"
#include "core/database/database.h"

namespace portal {

// What the mail system has to do with the message that it handed over.
enum class Delivery {
  kDone,      // it was recorded, or the message is not about a mail of the portal
  kTryAgain,  // the database is away, or the mailer has not yet recorded that it sent the mail
};

// `message` may have any size and come from anybody. It is believed only if it has the mail's
// random id, in the address that it came to (`bounces` is mail.bounces) or in the Message-ID of the
// copy that it returns. What comes twice changes nothing the second time. One line of the log says
// what was done.
Delivery take_bounce(Database& database, std::string_view message, std::string_view bounces,
                     EpochSeconds now);

}  // namespace portal
