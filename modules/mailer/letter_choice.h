// Which letter a row of the outbox becomes when it is sent: the link or the notice, later, or none.
//
// A new kind of mail: a row in the table of core/database/mail/mail_kind.h, its choice in
// letter_choice.cpp, and its three templates.
#pragma once

#include <variant>
#include <vector>

#include "core/base/clock.h"
#include "core/database/mail/outbox.h"
#include "core/queue/mail_limits.h"
#include "mailer/letter.h"

namespace portal {

class Connection;

// A letter, or why none is sent now.
using LetterChoice = std::variant<Letter, Obstruction>;

struct LetterPlan {
  LetterChoice choice;
  std::vector<MailFlood> floods = {};  // totals that it exceeds
};

// Must run in a write transaction. First it is found out to whom the letter goes, then it passes
// the gate (core/queue/mail_limits.h), then it is looked whether its account and registration have
// changed since, which begins all anew, and only then its links are made. The row's kind decides:
//   activation      goes to the address of the registration. An address that has an account gets
//                   the notice `registered` in place of a link. This is decided only here, so that
//                   no screen can tell (contract.md §2). Otherwise a token is drawn, its hash is
//                   stored with the time of sending, and the registration is kept as long as the
//                   link is good.
//   listed          goes to a person who waits for a clinic, if the clinic is in the roster and
//                   nobody has registered it. row.registration_id is the waiting entry's.
//   reset           goes to the account with the recipient's address and carries a link. If there
//                   is no account but a registration that waits, that one's activation mail is
//                   sent. If there is neither, or the account is disabled, no mail is sent. No
//                   screen can tell.
//   email_change    goes to the new address, the recipient, with a link that belongs to
//                   row.account_id.
//   email_changed   goes to the old address, the recipient.
//   password_changed, account_attacked, account_left, account_released
//                   go to the recipient. The name is the account's or, if the account is gone, its
//                   registration's.
LetterPlan choose_letter(Connection& connection, const OutboxRow& row, const MailLimits& limits,
                         EpochSeconds now);

}  // namespace portal
