// Error pages that were shown, for `portalctl timeline`: who calls about one reads its number out.
#pragma once

#include <cstddef>
#include <mutex>
#include <string_view>

#include "core/base/clock.h"
#include "core/journal/timeline_queue.h"

namespace portal {

class ErrorsShown {
 public:
  // Those of a minute that are kept at most, so that nobody fills the table by asking for errors.
  static constexpr std::size_t kMostInAMinute = 30;

  // `queue` lives longer.
  explicit ErrorsShown(TimelineQueue& queue) : queue_(queue) {}

  // Any number of threads may call this. `what`: the step and the status.
  void add(EpochSeconds now, std::string_view request_id, std::string_view what);

 private:
  TimelineQueue& queue_;
  std::mutex mutex_;
  EpochSeconds minute_ = 0;
  std::size_t in_minute_ = 0;
};

}  // namespace portal
