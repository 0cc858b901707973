// A history: everything that is known of one address, registration number or phone number.
#pragma once

#include <map>
#include <optional>
#include <string>
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

// One thing that happened.
struct HistoryEntry {
  EpochSeconds at = 0;
  std::string what;          // form_accepted, mail_queued, mail_delivered, activated …
  std::string registration;  // its id, or the account's; may be empty
  std::string detail;        // in words; addresses are not masked yet
  std::string request;       // id of the request that did it; may be empty
  // Which attempt it belongs to, from 1; 0: none. The clinic and the address that it is about, as
  // far as they are known; not masked yet.
  int attempt = 0;
  RegistrationNumber number = {};
  std::string address = {};
};

// In the order in which they happened.
std::vector<HistoryEntry> entries_of(const History& history);

}  // namespace portal
