// How much mail anyone can cause by typing an address into a form, and how its owner ends that.
//
// Asked while a letter is planned, in its transaction: no screen and no response time can tell
// whether an address, a clinic or a network is over a limit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/base/settings.h"
#include "core/database/mail/outbox.h"
#include "mailer/letter.h"

namespace portal {

class Connection;

struct MailLimits {
  std::int64_t address_hour;
  std::int64_t address_day;
  std::int64_t clinic_hour;
  std::int64_t network_hour;
  std::int64_t system_hour;
};

MailLimits mail_limits(const Settings& settings);  // mail.limit.*

// A mail that is to leave, and what it is counted for.
struct Mailing {
  const OutboxRow& row;
  std::string email_key;  // whose mail it is
  std::string number;     // registration number of the clinic that it is about
};

// Nothing: it may leave, and is counted. Otherwise why not, and it is counted nowhere:
//   NotNeeded  the address asked for no more mail, or has had enough. Dropped, not delayed: the
//              earlier mails are there, and a flood must not go on for weeks.
//   Held       too much for the clinic, for the network of row.network, or altogether.
// A mail that was planned before (add_stop_link) is counted already, whatever came of it. Nobody
// else plans such a mail before the transaction is over. Mail caused on this machine (loopback) is
// no network's: behind a proxy that is not trusted, everybody seems to be there.
std::optional<LetterPlan> barred_by(Connection& connection, const Mailing& mailing,
                                    const MailLimits& limits, EpochSeconds now);

// The token of the mail's link /mail/stop; the mails of an address are counted by these.
std::string add_stop_link(Connection& connection, const Mailing& mailing, EpochSeconds now);

}  // namespace portal
