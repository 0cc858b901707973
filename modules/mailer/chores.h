// The chores of the mailer: what it does every twenty seconds besides sending mail. It does them
// because no request waits for it.
//
// It says that it works (core/database/mail/mailer_heartbeats.h), it seals the audit
// (core/journal/audit_chain.h), it queues the mail `listed` to those whose clinic has come into the
// roster, and it finds what waits for a time that the clock, once set back, will only reach much
// later. Each minute it measures what strangers can fill (core/registration/stores.h). Several
// mailers may do so at the same time.
#pragma once

#include <string>

#include "core/base/clock.h"
#include "core/database/database.h"
#include "mailer/mail_metrics.h"

namespace portal {

inline constexpr EpochSeconds kChoresEvery = 20;

class Chores {
 public:
  Chores(Database& database, MailMetrics& metrics, Clock clock = system_now)
      : database_(database), metrics_(metrics), clock_(std::move(clock)) {}

  // A failure is logged, and the chore is tried again the next time. That the database is away is
  // not logged here, because the mailer logs it.
  void do_if_due();

 private:
  // At all of those who wait the first time, since with --once there is no second; then at some.
  void tell_listed(EpochSeconds now);

  Database& database_;
  MailMetrics& metrics_;
  Clock clock_;
  EpochSeconds next_ = 0;
  EpochSeconds measure_ = 0;  // when the stores are measured next
  std::string looked_at_;     // of those who wait, the one that was looked at last
  bool has_looked_at_all_ = false;
};

// What came of a look at some of those who wait.
struct ListedLook {
  int queued = 0;
  std::string last;  // the next look is at those after this id; empty: from the first
};
// Looks at `most` of those who wait, after the id `after`, and queues the mails `listed`. So the
// time it takes does not grow with their number.
Result<ListedLook> queue_listed(Database& database, EpochSeconds now, const std::string& after,
                                int most);

}  // namespace portal
