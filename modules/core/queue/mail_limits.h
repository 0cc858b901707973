// The limits on mail that anyone can cause by typing an address into a form, and the link by which
// the owner of the address ends such mail.
//
// The mailer applies them when it plans a letter, in the letter's transaction, so that no screen
// and no response time can tell whether an address, a clinic or a network is over a limit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/base/settings.h"
#include "core/database/mail/mail_obstacle.h"
#include "core/database/mail/outbox.h"
#include "core/registration/registration_number.h"

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

// Why a mail is not sent now.
struct Obstruction {
  MailObstacle obstacle = MailObstacle::kNone;
  std::string reason;      // for operators
  EpochSeconds until = 0;  // when it is tried again; 0: never
};

// A mail that is about to be sent, and what it is counted for.
struct Mailing {
  const OutboxRow& row;
  std::string email_key;      // of the address that it goes to
  RegistrationNumber number;  // of the clinic that it is about
};

// Counts the mail and returns nothing if it may be sent. Otherwise counts nothing and returns why:
//   - the address asked for no more mail, or has had enough. The mail is dropped and not delayed:
//     the earlier mails are there, and a flood must not go on for weeks;
//   - there is too much mail about the clinic, from the network of row.network, or altogether. The
//     mail waits.
// A mail that was planned before (add_stop_link) is counted already, whatever came of it. Until the
// transaction is over, no other mailer plans such a mail. Mail that is caused on this machine
// (loopback) counts for no network: behind a proxy that is not trusted, everybody seems to be
// there.
std::optional<Obstruction> apply_limits(Connection& connection, const Mailing& mailing,
                                        const MailLimits& limits, EpochSeconds now);

// What apply_limits() would return. Counts and locks nothing.
std::optional<Obstruction> foresee_limits(Connection& connection, const Mailing& mailing,
                                          const MailLimits& limits, EpochSeconds now);

// Stores the mail's link /mail/stop and returns its token. The mails to an address are counted by
// these links.
std::string add_stop_link(Connection& connection, const Mailing& mailing, EpochSeconds now);

}  // namespace portal
