// Everything that is known of one person or clinic, gathered for `portalctl timeline`.
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
#include "core/database/mail/outbox.h"
#include "core/database/registration/registrations.h"
#include "core/database/registration/waiting.h"

namespace portalctl {

// Whom the operator means: what of these the text can be. Ten digits are both a phone number and a
// registration number without its hyphens.
struct Sought {
  std::string email_key;
  std::string number;
  std::string phone;
};

// The error is kNotFound: it is none of them.
portal::Result<Sought> parse_sought(const std::string& text);

struct Story {
  std::vector<portal::EventRow> events;             // newest first
  std::vector<portal::Registration> registrations;  // newest first
  std::vector<portal::Account> accounts;
  std::vector<portal::OutboxEntry> mails;  // newest first
  std::map<std::string, std::vector<portal::MailAttempt>>
      attempts;  // by the mail's id, oldest first
  std::vector<portal::AuditRow> audit;
  std::vector<portal::WaitingEntry> waiting;  // newest first
  // Of that address, or of the newest registration; 0: not stopped.
  portal::EpochSeconds mail_stopped_until = 0;

  bool empty() const {
    return events.empty() && registrations.empty() && accounts.empty() && mails.empty() &&
           audit.empty() && waiting.empty() && mail_stopped_until == 0;
  }
};

Story story_of(portal::Connection& connection, const Sought& sought);

// A moment of it.
struct Happening {
  portal::EpochSeconds at = 0;
  std::string what;          // form_accepted, mail_queued, mail_delivered, activated …
  std::string registration;  // its id, or the account's; may be empty
  std::string detail;        // in words; addresses are not masked yet
  std::string request;       // id of the request that did it; may be empty
};

// In the order in which it happened.
std::vector<Happening> happenings(const Story& story);

// The answer to "what is the matter?" in one or two sentences.
std::string in_short(const Story& story, portal::EpochSeconds now);

}  // namespace portalctl
