// The figures of `portalctl report`, over all tables. They are numbers and identify nobody.
//
// Each call is one statement that the database aggregates, so that few rows are transferred,
// however big the site is. A period is from `since` to before `until`. Days and hours are those of
// Japan.
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
  std::string event;      // a name of an AuditEvent
  std::int64_t hour = 0;  // hours since 1970-01-01 00:00 in Japan
  std::int64_t count = 0;
};

struct TextCount {
  std::string text;
  std::int64_t count = 0;
};

// The number of clinics that reached each stage. A clinic (a registration number) is counted once,
// however often it tried. A clinic that reached a later stage counts in all earlier ones.
struct FunnelCounts {
  std::int64_t accepted = 0;   // the form had no mistake: 確認画面
  std::int64_t pressed = 0;    // OK was pressed
  std::int64_t mailed = 0;     // the mail server accepted the mail with the link
  std::int64_t opened = 0;     // the link was opened, perhaps by a program that checks mails
  std::int64_t activated = 0;  // up to now
};

struct MailCount {
  std::string kind;   // OutboxRow::kind
  std::string state;  // one of kMailStates
  std::int64_t count = 0;
};

struct DelayCount {
  std::int64_t seconds = 0;  // from queueing until the mail server first accepted the mail
  std::int64_t count = 0;
};

struct AttemptCount {
  std::string outcome;  // MailAttempt::outcome
  std::string reply;    // the beginning of the reply; may contain addresses
  std::int64_t count = 0;
};

struct ClinicCount {
  std::string institution;      // ClinicKind::code
  std::string prefecture;       // the number's first two digits
  std::int64_t open = 0;        // clinics that are in the roster now and not closed
  std::int64_t registered = 0;  // of these, clinics that have an account now
  std::int64_t added = 0;       // of these, clinics whose account was made in the period
};

struct WaitingCounts {
  std::int64_t waiting = 0;  // people who wait now
  EpochSeconds oldest = 0;   // since when the first of them waits; 0 if nobody waits
  std::int64_t asked = 0;    // people who asked in the period, without those who withdrew
  std::int64_t told = 0;     // people who were told in the period
};

struct AccountCounts {
  std::int64_t all = 0;        // accounts now
  std::int64_t never = 0;      // of these, accounts that have never logged in
  std::int64_t logged_in = 0;  // accounts that logged in in the period
};

class Figures {
 public:
  explicit Figures(Connection& connection) : connection_(connection) {}

  std::vector<AuditHour> audit_hours(const Period& period);
  std::vector<TextCount> login_refusals(const Period& period);  // by reason

  FunnelCounts funnel(const Period& period);
  // The number of people whose form was refused and who sent no correct form in the period. A
  // person is known by the address, else by the registration number, else by the phone number. A
  // form without any valid one of these counts as another person each time.
  std::int64_t gave_up(const Period& period);
  std::vector<TextCount> refusals(const Period& period);  // forms, by their codes joined by spaces

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
