// A Letter is what a row of the outbox becomes when it is sent: the kind, the recipient, the link.
//
// plan_letter() decides what is sent and stores the link that the letter promises; write_letter()
// makes the message from its templates. A new kind: a row in the table of
// core/database/mail/mail_kind.h, its plan in letter.cpp, and its three templates.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/database/mail/outbox.h"
#include "core/mail/message.h"
#include "core/registration/applicant.h"
#include "core/view/view.h"

namespace portal {

struct Letter {
  std::string kind;  // names the templates: mail/KIND.subject.tpl, KIND.txt.tpl, KIND.html.tpl
  std::string to;
  Applicant person;             // whom it calls by name; blank: nobody
  std::string token;            // of the link; empty: there is none
  EpochSeconds asked_at = 0;    // when the event happened that the letter tells of
  std::string stop_token = {};  // of the link 「心当たりがない」; empty: there is none
  std::optional<RegistrationNumber> number = {};  // `listed`: what can be registered now
};

// The mail is not sent: nobody waits for it any more, or it is over a limit.
struct NotNeeded {
  std::string reason;
};

// The mail has to wait: there are too many mails for now.
struct Held {
  EpochSeconds until = 0;
  std::string reason;
};

struct MailLimits;

using LetterPlan = std::variant<Letter, NotNeeded, Held>;

// Must run in a write transaction. The row's kind decides:
//   activation      goes to the address of the registration. An address that has an account gets
//                   the notice `registered` in place of a link. This is decided only here, so that
//                   no screen can tell (contract.md §2). Otherwise a token is drawn, its hash is
//                   stored with the time of sending, and the registration is kept as long as the
//                   link is good. The limits (limits.h) apply to both, and both carry a link that
//                   stops such mail.
//   listed          goes to a person who waits for a clinic, if the clinic is in the roster and
//                   nobody has registered it. row.registration_id is the waiting entry's. The same
//                   limits apply.
//   reset           goes to the account with the recipient's address and carries a link. If there
//                   is no account, or it is disabled, no mail is sent, and no screen can tell.
//   email_change    goes to the new address, the recipient, with a link that belongs to
//                   row.account_id.
//   email_changed   goes to the old address, the recipient.
//   password_changed, account_attacked, account_left, account_released
//                   go to the recipient. The name is the account's or, if the account is gone, its
//                   registration's.
LetterPlan plan_letter(Connection& connection, const OutboxRow& row, const MailLimits& limits,
                       EpochSeconds now);

// The template files that write_letter() reads.
std::vector<std::string> letter_templates();

struct LetterHead {
  std::string base_url;  // site.base_url: links are built from nothing else
  std::string from;      // mail.from
  std::string row_id;    // of the outbox: Message-ID
  EpochSeconds date = 0;
};

Result<mail::Message> write_letter(const View& view, const Letter& letter, const LetterHead& head);

}  // namespace portal
