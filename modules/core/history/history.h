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
#include "core/database/mail/mail_pause.h"
#include "core/database/mail/outbox.h"
#include "core/database/registration/registrations.h"
#include "core/database/registration/waiting.h"
#include "core/history/query.h"

namespace portal {

struct History {
  std::vector<EventRow> events;             // newest first
  std::vector<Registration> registrations;  // newest first
  std::vector<Account> accounts;
  std::vector<OutboxEntry> mails;                            // newest first
  std::map<std::string, std::vector<MailAttempt>> attempts;  // by the mail's id, oldest first
  std::vector<AuditRow> audit;
  std::vector<WaitingEntry> waiting;  // newest first
  std::optional<MailPause> pause;     // of the whole queue
  // Of that address, or of the newest registration; 0: not stopped.
  EpochSeconds mail_stopped_until = 0;

  bool empty() const {
    return events.empty() && registrations.empty() && accounts.empty() && mails.empty() &&
           audit.empty() && waiting.empty() && mail_stopped_until == 0;
  }
};

History find_history(Connection& connection, const Query& query);

// One thing that happened.
struct HistoryEntry {
  EpochSeconds at = 0;
  std::string what;          // form_accepted, mail_queued, mail_delivered, activated …
  std::string registration;  // its id, or the account's; may be empty
  std::string detail;        // in words; addresses are not masked yet
  std::string request;       // id of the request that did it; may be empty
};

// In the order in which they happened.
std::vector<HistoryEntry> entries_of(const History& history);

}  // namespace portal
