// The verdict on a history: the answer to "what is the matter?".
//
// verdict_of() finds the facts; in_words() says them, in a few sentences.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/database/mail/mail_obstacle.h"
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
  enum class Link {
    kNone,
    kGood,
    kOver,   // its hour is over
    kEnded,  // it was used, or ended by wrong passwords or by a change of the account
  };
  State state = State::kJustQueued;
  std::string kind;   // OutboxEntry::kind: what it was queued as
  std::string reply;  // of the mail server, or why it was withheld
  // kNeverTried: when it was queued; kToBeRetried: when next; kPaused: since when; kSent: when
  EpochSeconds at = 0;
  // What left, or was tried, which may be another letter than it was queued as. Nothing: none was
  // made yet, or an earlier version did not note which, or this version does not know it.
  std::optional<MailKind> letter = {};
  Link link = Link::kNone;
  EpochSeconds link_until = 0;  // when the hour of its link ends
  MailFault fault = MailFault::kNone;
  MailObstacle obstacle = MailObstacle::kNone;  // kWithheld, kToBeRetried
  std::optional<mail::Carrier> carrier = {};    // of the recipient
  // When the same mail may be queued again; 0: nothing waits for it any more.
  EpochSeconds resend_from = 0;
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
    kExpired,       // not activated in time, and not purged yet
    kAddressTaken,  // not activated, and the address has another account
    kClinicTaken,   // not activated, and the clinic has another account
    kCancelled,     // by the mail's 「心当たりがない」
    kAccountGone,
    kAccountDisabled,
    kAccount,
  };
  Kind kind = Kind::kNothing;
  EpochSeconds judged_at = 0;      // when it was concluded: a link is good, or is over
  EpochSeconds at = 0;             // when that happened
  EpochSeconds last_login_at = 0;  // kAccount
  // Of the attempt, the account or who waits; empty: not known.
  RegistrationNumber number;
  std::string address;   // as typed
  int attempt = 0;       // its number in attempts_of(), from 1; 0: none
  std::string mistakes;  // kFormRefused; kErrorShown: the step and the status
  // kAddressTaken, kClinicTaken: the account that is in its way.
  RegistrationNumber rival_number = {};
  EpochSeconds rival_since = 0;
  // The mail that it depends on; nothing: it was purged. kAccount, kAccountDisabled: the newest
  // mail, unless it is of no interest any more.
  std::optional<MailVerdict> mail;
  // An earlier mail whose link is good, though `mail` has none.
  std::optional<MailVerdict> earlier_mail;
  EpochSeconds mail_stopped_until = 0;  // 0: the address gets mail
  std::vector<Verdict> others;          // on the other attempts, newest first
};

// `attempt`: the id of the registration or account that is asked about; empty, or none of the
// history: the account decides, else the newest registration.
Verdict verdict_of(const History& history, EpochSeconds now, std::string_view attempt = "");

// The first line says what is the matter and, in Japanese, what to tell the caller and what to do
// next; the others add what helps to go on. English, which operators read, is one line.
//
// Addresses are not masked yet: those of Verdict, nor those in a mail server's reply.
// `sender_domain` is the domain of mail.from, which users may have to let in.
std::vector<std::string> lines_of(const Verdict& verdict, Language language,
                                  std::string_view sender_domain);
// The same in one text.
std::string in_words(const Verdict& verdict, Language language, std::string_view sender_domain);

}  // namespace portal
