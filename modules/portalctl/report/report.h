// Everything that `portalctl report` says, as plain numbers. The page and the JSON are made of it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/database/database.h"
#include "core/database/report/figures.h"

namespace portalctl {

struct Report {
  struct Day {
    std::int64_t day = 0;  // japan_day()
    std::int64_t completed = 0;
    std::int64_t activated = 0;
    std::int64_t logins = 0;
    std::int64_t logins_refused = 0;
  };
  struct Hour {  // of every day of the period
    std::int64_t completed = 0;
    std::int64_t activated = 0;
  };
  struct Stage {
    std::string_view name;     // "form_sent" … "activated"
    std::int64_t clinics = 0;  // that came so far: never more than at the stage before
  };
  struct Delays {
    struct Step {
      portal::EpochSeconds up_to = 0;  // seconds, longer than the step before; 0: any
      std::int64_t count = 0;
    };
    std::int64_t mails = 0;  // that were delivered; without any, the numbers below are 0
    std::int64_t median = 0;
    std::int64_t p95 = 0;
    std::int64_t p99 = 0;
    std::int64_t longest = 0;
    std::vector<Step> steps;
  };
  struct Trouble {
    std::string outcome;  // MailAttempt::outcome
    std::string code;     // "550 5.1.1", "450", "5.1.1"; empty: no reply of a mail server
    std::int64_t count = 0;
  };

  portal::Period period;
  portal::EpochSeconds made_at = 0;
  // What happened before these was purged, or is about to be.
  portal::EpochSeconds events_since = 0;
  portal::EpochSeconds mails_since = 0;

  std::vector<Day> days;  // every day of the period
  std::array<Hour, 24> hours = {};
  std::vector<Stage> funnel;

  std::int64_t refused_forms = 0;
  // Most frequent first. A form with two mistakes is in two of them.
  std::vector<portal::TextCount> refused_fields;  // Field::name, "registration_number", "other"
  std::vector<portal::TextCount> refused_codes;   // Message::code

  std::vector<portal::MailCount> mails;
  Delays delays;
  std::int64_t queued = 0;  // now
  portal::EpochSeconds oldest_queued = 0;
  std::vector<Trouble> troubles;  // most frequent first

  std::vector<portal::ClinicCount> clinics;
  portal::WaitingCounts waiting;
  portal::AccountCounts accounts;
  std::vector<portal::TextCount> login_refusals;  // most frequent first
};

// How long rows are kept before they are purged.
struct Retention {
  portal::EpochSeconds events = 0;
  portal::EpochSeconds mails = 0;
};

// Precondition: period.since < period.until <= now.
portal::Result<Report> make_report(portal::Database& database, const portal::Period& period,
                                   const Retention& retention, portal::EpochSeconds now);

// The field that a code of core/registration/messages.cpp belongs to, as in Report::refused_fields.
std::string_view field_of(std::string_view code);

// One line. Times are seconds since the epoch.
std::string report_json(const Report& report);

}  // namespace portalctl
