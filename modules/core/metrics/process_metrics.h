// The metrics that every program of the portal has: its version and start, the events of its log,
// and its use of the database.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <span>
#include <string_view>
#include <utility>

#include "core/database/database.h"
#include "core/metrics/registry.h"

namespace portal::metrics {

class ProcessMetrics {
 public:
  // `events` are the events of the log whose counts exist from the start, with 0, so that
  // monitoring sees the first one too. Registry and database must live longer.
  ProcessMetrics(Registry& registry, Database& database, std::span<const std::string_view> events);

  // `writes`: the program stores something, so it is told whether it can.
  void update(bool writes);

 private:
  // How many there were in the hour before `now`, of which there have been `total` since the start.
  std::uint64_t of_last_hour(std::chrono::steady_clock::time_point now, std::uint64_t total);

  Registry& registry_;
  Database& database_;
  // Totals of the errors, at most one a minute, of the last hour and one older than that.
  std::deque<std::pair<std::chrono::steady_clock::time_point, std::uint64_t>> totals_;
};

}  // namespace portal::metrics
