#include "mailer/mail_metrics.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "core/database/mail/mail_pause.h"
#include "core/database/mail/outbox.h"
#include "core/database/storage/storage_hours.h"
#include "core/metrics/table.h"

namespace portal {
namespace {

constexpr std::string_view kAttempts = "portal_mail_attempts_total";

}  // namespace

MailMetrics::MailMetrics(metrics::Registry& registry)
    : registry_(registry),
      delay_(registry.histogram("portal_mail_delivery_delay_seconds", metrics::delivery_bounds())) {
  // The counters exist from the start, with 0, so that the first attempt is seen as an increase.
  for (const MailOutcomeRow& row : kMailOutcomeRows) {
    if (row.of_mailer) registry_.counter(kAttempts, row.name);
  }
}

void MailMetrics::attempt(MailOutcome outcome) {
  registry_.counter(kAttempts, name_of(outcome)).add();
}

void MailMetrics::delivered(EpochSeconds delay) {
  delay_.observe(static_cast<double>(std::max<EpochSeconds>(delay, 0)));
}

void MailMetrics::sealed(EpochSeconds now) {
  registry_.gauge("portal_audit_sealed_timestamp_seconds").set(static_cast<double>(now));
}

void MailMetrics::look_up(Database& database, EpochSeconds now) {
  struct Known {
    std::vector<OutboxBacklog> backlog;
    bool paused = false;
    std::vector<StoreSize> stores;
  };
  const auto known = database.read([&](Connection& connection) {
    return Known{Outbox(connection).backlog(), MailPauses(connection).find().has_value(),
                 StorageHours(connection).sizes(now, kHour)};
  });
  if (!known) return;  // the mailer itself says that the database is away
  const auto& [backlog, paused, stores] = *known;
  for (const StoreSize& size : stores) {
    const std::string_view name = size.kind->name;
    registry_.gauge("portal_storage_fill_ratio", name).set(size.fill());
    registry_.gauge("portal_storage_not_kept", name).set(static_cast<double>(size.not_kept));
  }
  registry_.gauge("portal_mail_paused").set(paused ? 1 : 0);
  EpochSeconds age = 0;
  for (const std::string_view state : kUnsentStates) {
    const auto found = std::ranges::find(backlog, state, &OutboxBacklog::state);
    const bool any = found != backlog.end();
    registry_.gauge("portal_outbox_mails", state).set(any ? static_cast<double>(found->rows) : 0);
    if (any && state == name_of(MailState::kQueued))
      age = std::max<EpochSeconds>(now - found->first_due, 0);
  }
  registry_.gauge("portal_outbox_oldest_due_age_seconds").set(static_cast<double>(age));
}

}  // namespace portal
