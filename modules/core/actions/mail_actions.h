// What is done about a person's mail.
#pragma once

#include <string>
#include <string_view>

#include "core/actions/hindrance.h"
#include "core/actions/instruction.h"
#include "core/database/registration/registrations.h"
#include "core/queue/activation_letter.h"

namespace portal {

class Connection;

// Whether a person at the telephone waits between two mails as a person at the screen does
// (kResendCoolDown).
enum class CoolDown { kKept, kPassedOver };

struct Resent {
  Outcome outcome;
  ActivationForecast forecast;  // which letter leaves; of kClinicTaken and kWouldNotLeave: why none
};

// Queues the mail of a registration that waits for its link once more.
Resent resend_activation(Connection& connection, std::string_view registration_id,
                         const MailLimits& limits, CoolDown cool_down, const Instruction& by);

// When another mail may be queued: now or later.
EpochSeconds resend_possible_from(Connection& connection, std::string_view registration_id,
                                  EpochSeconds now);

// The registration gets another address: its mail goes there only, what waits for the earlier
// address is not sent, and no link that was sent there works.
Resent correct_address(Connection& connection, std::string_view registration_id,
                       const std::string& email, const MailLimits& limits, const Instruction& by);

// Ends what 「心当たりがない」 in a mail began.
Outcome allow_mail(Connection& connection, const std::string& email_key, const Instruction& by);

// Makes one mail due that has failed or waits, and ends the pause of the queue.
Outcome retry_mail(Connection& connection, std::string_view mail_id, const Instruction& by);

}  // namespace portal
