// The gate that every mail passes before it is sent: the limits on mail that anyone can cause by
// typing an address into a form, and the link by which the owner of the address ends such mail.
//
// The mailer asks when it plans a letter, in the letter's transaction, so that no screen and no
// response time can tell whether an address, a clinic or a network is over a limit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/settings.h"
#include "core/database/mail/mail_kind.h"
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
  EpochSeconds device_lifetime;
};

MailLimits mail_limits(const Settings& settings);  // mail.limit.*, retention.device_days

// Why a mail is not sent now.
struct Obstruction {
  MailObstacle obstacle = MailObstacle::kNone;
  std::string reason;      // for operators
  EpochSeconds until = 0;  // when it is tried again; 0: never
};

// A mail that is about to be sent, and what it is counted for.
struct Mailing {
  const OutboxRow& row;
  MailKind letter;              // what it becomes
  std::string email_key;        // of the address that it goes to
  RegistrationNumber number;    // of the clinic that it is about
  std::string about;            // the registration, account or number that the letter tells of
  std::string account_id;       // whose address it is; empty: nobody's, or it is not known
  std::string registration_id;  // that 「心当たりがない」 cancels; empty: none
};

// A total that is exceeded (policy.h): for the log line `mail_flood` and `portalctl check`.
struct MailFlood {
  std::string_view total;  // "address", "clinic", "system"
  std::string of;          // the address or the number; empty: the portal
  std::int64_t mails = 0;  // within the hour
};

// What the gate says: the mail is counted and may be sent, or nothing is counted, and why.
struct Admission {
  std::optional<Obstruction> obstruction;
  std::vector<MailFlood> floods;
  bool counted_now = false;  // and not before
};

// A letter that only its owner or an operator causes passes. For the others (MailKindRow::limited):
//   - the address asked for no more mail, or its share for this network is used up. The mail is
//     dropped and not delayed: the earlier mails are there, and a flood must not go on for weeks;
//   - there is too much mail from the network of row.network, or from there about the clinic. The
//     mail waits.
// Each share is one of an address or clinic for one network, so no stranger uses up its owner's. If
// an address gets too much from everybody (kFloodOfAddress), what says the same as a letter that
// has just left is dropped, and each network causes one an hour. A device that the account knows
// has a share of its own, and its owner's letters pass the stop and the flood.
//
// A mail that was planned before (add_stop_link) is counted already, whatever came of it. Until the
// transaction is over, no other mailer plans such a mail. Mail that is caused on this machine
// (loopback) counts for no network: behind a proxy that is not trusted, everybody seems to be
// there.
Admission apply_limits(Connection& connection, const Mailing& mailing, const MailLimits& limits,
                       EpochSeconds now);

// Takes back what apply_limits() counted in this transaction (Admission::counted_now), because the
// mail does not leave.
void uncount(Connection& connection, const Mailing& mailing, const MailLimits& limits,
             EpochSeconds now);

// What apply_limits() would say. Counts and locks nothing.
std::optional<Obstruction> foresee_limits(Connection& connection, const Mailing& mailing,
                                          const MailLimits& limits, EpochSeconds now);

// Stores the mail's link /mail/stop and returns its token. The mails to an address are counted by
// these links.
std::string add_stop_link(Connection& connection, const Mailing& mailing, const MailLimits& limits,
                          EpochSeconds now);

}  // namespace portal
