// What every program of the portal says of itself: its version and start, the events of its log,
// its database.
#pragma once

#include <span>
#include <string_view>

#include "core/database/database.h"
#include "core/metrics/registry.h"

namespace portal::metrics {

class ProcessMetrics {
 public:
  // `events`: those of the log that are there from the start, with 0: only what is there can be
  // seen to grow. Registry and database live longer.
  ProcessMetrics(Registry& registry, const Database& database,
                 std::span<const std::string_view> events);

  void update();

 private:
  Registry& registry_;
  const Database& database_;
};

}  // namespace portal::metrics
