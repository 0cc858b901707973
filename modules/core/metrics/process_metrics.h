// The metrics that every program of the portal has: its version and start, the events of its log,
// and its use of the database.
#pragma once

#include <span>
#include <string_view>

#include "core/database/database.h"
#include "core/metrics/last_hour.h"
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
  Registry& registry_;
  Database& database_;
  LastHour errors_;
};

}  // namespace portal::metrics
