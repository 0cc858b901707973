#include "core/metrics/process_metrics.h"

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/base/version.h"

namespace portal::metrics {

ProcessMetrics::ProcessMetrics(Registry& registry, Database& database,
                               std::span<const std::string_view> events)
    : registry_(registry), database_(database) {
  log::expect(events);
  registry_.gauge("portal_build_info", kVersion).set(1);
  registry_.gauge("portal_process_start_time_seconds").set(static_cast<double>(system_now()));
}

void ProcessMetrics::update(bool writes) {
  for (const auto& [event, count] : log::counts()) {
    registry_.counter("portal_events_total", event).raise_to(static_cast<double>(count));
  }
  registry_.gauge("portal_errors_last_hour")
      .set(static_cast<double>(of_last_hour(std::chrono::steady_clock::now(), log::errors())));
  const Database::Statistics database = database_.statistics();
  const auto errors = [&](std::string_view kind, std::uint64_t count) {
    registry_.counter("portal_database_errors_total", kind).raise_to(static_cast<double>(count));
  };
  errors("unavailable", database.unavailable);
  errors("refused", database.refused);
  errors("conflict", database.conflicts);
  errors("lost", database.lost);
  registry_.gauge("portal_database_sessions_in_use").set(database.sessions_in_use);
  registry_.gauge("portal_database_sessions_limit").set(database.sessions_limit);
  if (writes) registry_.gauge("portal_database_writable").set(database_.check_writing() ? 1 : 0);
}

std::uint64_t ProcessMetrics::of_last_hour(std::chrono::steady_clock::time_point now,
                                           std::uint64_t total) {
  using std::chrono::hours;
  using std::chrono::minutes;
  // The first one stands for all that was before.
  while (totals_.size() > 1 && totals_[1].first <= now - hours(1)) totals_.pop_front();
  const bool old = !totals_.empty() && totals_.front().first <= now - hours(1);
  const std::uint64_t before = old ? totals_.front().second : 0;
  if (totals_.empty() || totals_.back().first <= now - minutes(1)) totals_.emplace_back(now, total);
  return total - before;
}

}  // namespace portal::metrics
