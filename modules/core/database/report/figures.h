// What `portalctl report` counts, over all tables: numbers only, nothing that names anybody.
//
// Each call is one statement that the database aggregates, so that little crosses over however big
// the site is. A period is from `since` to `until`, which is not in it. Days and hours are Japan's.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/clock.h"

namespace portal {

class Connection;

struct Period {
  EpochSeconds since = 0;
  EpochSeconds until = 0;
};

struct AuditHour {
  std::string event;      // one of audit_events()
  std::int64_t hour = 0;  // hours since 1970-01-01 00:00 in Japan
  std::int64_t count = 0;
};

struct TextCount {
  std::string text;
  std::int64_t count = 0;
};

// How many clinics came how far, each counted once however often it tried; who came further came
// here too. A clinic is what a registration number names.
struct FunnelCounts {
  std::int64_t accepted = 0;   // the form was right: 確認画面
  std::int64_t pressed = 0;    // OK
  std::int64_t mailed = 0;     // the mail server took the mail with the link
  std::int64_t opened = 0;     // the link was opened, be it by a program that checks mails
  std::int64_t activated = 0;  // up to now
};

struct MailCount {
  std::string kind;   // OutboxRow::kind
  std::string state;  // one of kMailStates
  std::int64_t count = 0;
};

struct DelayCount {
  std::int64_t seconds = 0;  // from queued to the first time that the mail server took it
  std::int64_t count = 0;
};

struct AttemptCount {
  std::string outcome;  // MailAttempt::outcome
  std::string reply;    // how the reply begins: may name addresses
  std::int64_t count = 0;
};

struct ClinicCount {
  std::string institution;      // ClinicKind::code
  std::string prefecture;       // the number's first two digits
  std::int64_t open = 0;        // in the roster now, and not closed
  std::int64_t registered = 0;  // of these: with an account now
  std::int64_t added = 0;       // of these: since the period's beginning, until its end
};

struct WaitingCounts {
  std::int64_t waiting = 0;  // now
  EpochSeconds oldest = 0;   // since when the first of them waits; 0: nobody waits
  std::int64_t asked = 0;    // in the period; those who took it back are not in it
  std::int64_t told = 0;     // in the period
};

struct AccountCounts {
  std::int64_t all = 0;        // now
  std::int64_t never = 0;      // of these: have not logged in yet
  std::int64_t logged_in = 0;  // accounts that did so in the period
};

class Figures {
 public:
  explicit Figures(Connection& connection) : connection_(connection) {}

  std::vector<AuditHour> audit_hours(const Period& period);
  std::vector<TextCount> login_refusals(const Period& period);  // by reason

  FunnelCounts funnel(const Period& period);
  // People whose form was refused, and from whom no right one came in the period: known by address,
  // else by registration number, else by phone number. Who entered none of them rightly is another
  // one each time.
  std::int64_t gave_up(const Period& period);
  std::vector<TextCount> refusals(const Period& period);  // forms, by their codes with spaces

  std::vector<MailCount> mails(const Period& queued);
  std::vector<DelayCount> mail_delays(const Period& queued);      // shortest first
  std::vector<AttemptCount> mail_troubles(const Period& period);  // all outcomes but delivered

  std::vector<ClinicCount> clinics(const Period& period);
  WaitingCounts waiting(const Period& period);
  AccountCounts accounts(const Period& period);

 private:
  Connection& connection_;
};

}  // namespace portal
