// The verdict on a history: the answer to "what is the matter?".
//
// verdict_of() finds the facts; in_words() says them, in a few sentences.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/history/history.h"
#include "core/mail/carriers.h"
#include "core/mail/mail_fault.h"

namespace portal {

// What became of a mail.
struct MailVerdict {
  enum class State {
    kJustQueued,
    kNeverTried,  // although it was queued a while ago
    kToBeRetried,
    kPaused,  // no mail leaves at the moment, because the relay refuses the portal
    kSent,
    kWithheld,  // it was not sent, on purpose
    kBounced,
    kFailed,
  };
  State state = State::kJustQueued;
  std::string kind;   // OutboxEntry::kind
  std::string reply;  // of the mail server, or why it was withheld
  // kNeverTried: when it was queued; kToBeRetried: when next; kPaused: since when; kSent: when
  EpochSeconds at = 0;
  EpochSeconds link_until = 0;  // kSent: when its link ends; 0: it has none
  bool link_over = false;
  MailFault fault = MailFault::kNone;
  std::optional<mail::Carrier> carrier = {};  // of the recipient
};

struct Verdict {
  enum class Kind {
    kNothing,     // nothing is known
    kErrorShown,  // a page that says so, and nothing else
    kFormRefused,
    kFormAccepted,        // but OK was not pressed
    kRegistrationPurged,  // OK was pressed, but the link was not followed in time
    kMail,                // only mails are known
    kWaiting,             // for a number to be in the roster
    kWaitingTold,         // it is there now
    kNotActivated,
    kCancelled,  // by the mail's 「心当たりがない」
    kAccountGone,
    kAccountDisabled,
    kAccount,
  };
  Kind kind = Kind::kNothing;
  EpochSeconds at = 0;             // when that happened
  EpochSeconds last_login_at = 0;  // kAccount
  RegistrationNumber number;       // kWaiting, kWaitingTold
  std::string mistakes;            // kFormRefused; kErrorShown: the step and the status
  // kMail, kNotActivated, kWaitingTold: the mail that it depends on; nothing: it was purged.
  // kAccount, kAccountDisabled: the newest mail, unless it was sent.
  std::optional<MailVerdict> mail;
  EpochSeconds mail_stopped_until = 0;  // 0: the address gets mail
};

Verdict verdict_of(const History& history, EpochSeconds now);

enum class Language { kEnglish, kJapanese };

// Addresses in a mail server's reply are not masked yet. `sender_domain` is the domain of
// mail.from, which users may have to let in.
std::string in_words(const Verdict& verdict, Language language, std::string_view sender_domain);

}  // namespace portal
