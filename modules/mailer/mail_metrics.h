// What the mailer counts, and what it looks up of the outbox.
#pragma once

#include "core/base/clock.h"
#include "core/database/database.h"
#include "core/database/mail/mail_state.h"
#include "core/metrics/registry.h"

namespace portal {

class MailMetrics {
 public:
  // The registry lives longer.
  explicit MailMetrics(metrics::Registry& registry);

  void attempt(MailOutcome outcome);
  // A mail that was queued that long ago has been delivered.
  void delivered(EpochSeconds delay);
  void sealed(EpochSeconds now);

  // While the database is away, what was known stays.
  void look_up(Database& database, EpochSeconds now);

 private:
  metrics::Registry& registry_;
  metrics::Histogram delay_;
};

}  // namespace portal
