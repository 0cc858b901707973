#include "core/metrics/process_metrics.h"

#include <chrono>

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
      .set(static_cast<double>(errors_.grown_to(log::errors(), std::chrono::steady_clock::now())));
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
  registry_.gauge("portal_clock_ahead_seconds").set(static_cast<double>(clock_ahead()));
  if (writes) registry_.gauge("portal_database_writable").set(database_.check_writing() ? 1 : 0);
}

}  // namespace portal::metrics
