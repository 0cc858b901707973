// What a row of the outbox becomes when it is sent: which letter, to whom, with which link.
//
// plan_letter() decides and writes down what the letter promises (the link); write_letter() words
// it. A new kind: a row in the table of core/database/mail/mail_kind.h, its plan in letter.cpp, and
// its three templates.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/database/mail/outbox.h"
#include "core/mail/message.h"
#include "core/view/view.h"

namespace portal {

struct Letter {
  std::string kind;  // names the templates: mail/KIND.subject.tpl, KIND.txt.tpl, KIND.html.tpl
  std::string to;
  std::string family_name;
  std::string given_name;
  std::string token;            // of the link; empty: there is none
  EpochSeconds asked_at = 0;    // when what it tells of happened
  std::string stop_token = {};  // of the link 「心当たりがない」; empty: there is none
  std::string number = {};      // `listed`: the registration number that can be registered now
};

// Nobody waits for this mail any more.
struct NotNeeded {
  std::string reason;
};

// It has to wait: too many mails for now.
struct Held {
  EpochSeconds until = 0;
  std::string reason;
};

struct MailLimits;

using LetterPlan = std::variant<Letter, NotNeeded, Held>;

// Within a write transaction. By the row's kind:
//   activation      to the address of the registration. One that has an account gets the notice
//                   `registered` in place of a link, and that is decided only here, so that no
//                   screen can tell (contract.md §2). Otherwise a token is drawn, its hash stored
//                   with the time of sending, and the registration kept as long. Both within the
//                   limits (limits.h), and with a link that stops them.
//   listed          to who waits for a clinic: it is in the roster, and nobody has registered it.
//                   row.registration_id is the waiting entry's. Within the same limits.
//   reset           to the account with the recipient's address, with a link of its own; whoever
//                   has none, or a disabled one, gets nothing, and no screen can tell either.
//   email_change    to the new address, the recipient: a link that belongs to row.account_id.
//   email_changed   to the old address, the recipient.
//   password_changed, account_attacked, account_left, account_released
//                   to the recipient; the name is the account's, or, when that is gone, the one of
//                   its registration.
LetterPlan plan_letter(Connection& connection, const OutboxRow& row, const MailLimits& limits,
                       EpochSeconds now);

// Template files that write_letter() reads.
std::vector<std::string> letter_templates();

struct LetterHead {
  std::string base_url;  // site.base_url: links are built from nothing else
  std::string from;      // mail.from
  std::string row_id;    // of the outbox: Message-ID
  EpochSeconds date = 0;
};

Result<mail::Message> write_letter(const View& view, const Letter& letter, const LetterHead& head);

}  // namespace portal
