// A history: everything that is known of one address, registration number or phone number.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/database/account/accounts.h"
#include "core/database/database.h"
#include "core/database/journal/audit.h"
#include "core/database/journal/timeline_events.h"
#include "core/database/mail/mail_attempts.h"
#include "core/database/mail/mail_kind.h"
#include "core/database/mail/mail_pause.h"
#include "core/database/mail/outbox.h"
#include "core/database/registration/registrations.h"
#include "core/database/registration/waiting.h"
#include "core/history/query.h"

namespace portal {

// The link of one sending of a mail.
struct MailedLink {
  std::string owner;  // the id of the registration or account
  MailKind letter = MailKind::kActivation;
  EpochSeconds sent_at = 0;
  bool ended = false;  // it was used, or ended by wrong passwords or by a change of the account
};

// Whose accounts a registration has in its way; each is another's, or nothing.
struct Rivals {
  std::optional<Account> of_address;
  std::optional<Account> of_clinic;
};

struct History {
  std::vector<EventRow> events;             // newest first
  std::vector<Registration> registrations;  // newest first
  std::vector<Account> accounts;
  std::vector<OutboxEntry> mails;                            // newest first
  std::map<std::string, std::vector<MailAttempt>> attempts;  // by the mail's id, oldest first
  std::vector<AuditRow> audit;
  std::vector<WaitingEntry> waiting;     // newest first
  std::vector<MailedLink> links;         // newest first
  std::map<std::string, Rivals> rivals;  // by the registration's id
  std::optional<MailPause> pause;        // of the whole queue
  // Of that address, or of the newest registration; 0: not stopped.
  EpochSeconds mail_stopped_until = 0;
  // Events have hashes only: the numbers and addresses that could be found for them.
  std::map<std::string, RegistrationNumber> numbers;
  std::map<std::string, std::string> addresses;

  bool empty() const {
    return events.empty() && registrations.empty() && accounts.empty() && mails.empty() &&
           audit.empty() && waiting.empty() && mail_stopped_until == 0;
  }
};

History find_history(Connection& connection, const Query& query);
// Of one registration or account: what its address has done, at any clinic, and what was sent for
// its number or phone without an address. Other people's tries at the clinic are not in it.
History find_history_of(Connection& connection, const std::string& id);

// One try to register: a registration, or what is left of it. Several, at other clinics, by other
// people or at other times, are told apart by their place in attempts_of().
struct Attempt {
  std::string id;  // of the registration; the account has the same
  EpochSeconds at = 0;
  RegistrationNumber number;  // empty: not known
  std::string address;        // as typed; empty: not known
};

// Oldest first.
std::vector<Attempt> attempts_of(const History& history);

// One thing that happened, as data; in_words() of words.h says it.
struct HistoryEntry {
  EpochSeconds at = 0;
  // The name of a TimelineEvent or AuditEvent; kMailQueued; "mail_" and the name of a MailOutcome.
  std::string what = {};
  std::string registration = {};  // its id, or the account's; may be empty
  std::string request = {};       // id of the request that did it; may be empty
  // What the row adds: codes of mistakes, a reason, the server's reply. Addresses are not masked.
  std::string fact = {};
  std::string actor = {};  // the operator who did it; empty: no operator did
  // Of mails only: their id, the name of the MailKind that was queued or that the attempt carried,
  // whom it is for, and of an attempt the fault and the obstacle, by their names.
  std::string mail = {};
  std::string letter = {};
  std::string recipient = {};
  std::string fault = {};
  std::string obstacle = {};
  // Which attempt it belongs to, from 1; 0: none. The clinic and the address that it is about, as
  // far as they are known; not masked yet.
  int attempt = 0;
  RegistrationNumber number = {};
  std::string address = {};
};

inline constexpr std::string_view kMailQueued = "mail_queued";
inline constexpr std::string_view kMailAttempt = "mail_";  // before the outcome's name

// In the order in which they happened.
std::vector<HistoryEntry> entries_of(const History& history);

}  // namespace portal
