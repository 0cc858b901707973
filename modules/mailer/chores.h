// What the mailer does besides sending, because it is the one daemon that waits for nobody: never
// on a request's path, every twenty seconds.
//
// Sealing the audit (core/journal/audit_chain.h), and queueing the mail `listed` for those whose
// clinic has come into the roster, by whatever way. Several mailers may do so at the same time.
#pragma once

#include "core/base/clock.h"
#include "core/database/database.h"
#include "mailer/mail_metrics.h"

namespace portal {

inline constexpr EpochSeconds kChoresEvery = 20;

class Chores {
 public:
  Chores(Database& database, MailMetrics& metrics, Clock clock = system_now)
      : database_(database), metrics_(metrics), clock_(std::move(clock)) {}

  // What fails is logged; it is tried again the next time. That the database is away is not: the
  // mailer says that itself.
  void do_if_due();

 private:
  Database& database_;
  MailMetrics& metrics_;
  Clock clock_;
  EpochSeconds next_ = 0;
};

// A batch of them; how many mails were queued.
Result<int> queue_listed(Database& database, EpochSeconds now);

}  // namespace portal
