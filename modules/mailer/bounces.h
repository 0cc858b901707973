// A mail that came back: `portal-mailer --bounce` marks its row of the outbox.
#pragma once

#include <string_view>

#include "core/base/clock.h"
#include "core/database/database.h"

namespace portal {

// What is to become of the message that the mail system has handed over.
enum class Handed {
  kTaken,  // noted, or nothing of ours: the mail system is done with it, and bounces nothing
  kKeep,   // the database is away, or the mailer has not yet written down that it sent the mail
};

// `message`: of any size and from anybody. A report is believed as far as it knows the mail's
// random Message-ID, or the envelope sender made of it (`bounces`: mail.bounces). One that comes
// twice changes nothing more. What came of it is logged, a line.
Handed take_bounce(Database& database, std::string_view message, std::string_view bounces,
                   EpochSeconds now);

}  // namespace portal
