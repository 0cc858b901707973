// What the mailer counts, and what it looks up of the outbox.
#pragma once

#include <string_view>

#include "core/base/clock.h"
#include "core/database/database.h"
#include "core/metrics/registry.h"

namespace portal {

class MailMetrics {
 public:
  // The registry lives longer.
  explicit MailMetrics(metrics::Registry& registry);

  // As in the table mail_attempt: delivered, try_later, refused, blocked, held, withheld.
  void attempt(std::string_view outcome);
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
