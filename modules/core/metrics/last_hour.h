// How much a total has grown in the last hour, give or take a minute.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <utility>

namespace portal::metrics {

class LastHour {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // Tells the total at a time no earlier than before. Returns its growth in the hour before, or
  // since it began with 0, if that is less.
  std::uint64_t grown_to(std::uint64_t total, Time now) {
    using std::chrono::hours;
    using std::chrono::minutes;
    while (totals_.size() > 1 && totals_[1].first <= now - hours(1)) totals_.pop_front();
    const bool old = !totals_.empty() && totals_.front().first <= now - hours(1);
    const std::uint64_t before = old ? totals_.front().second : 0;
    if (totals_.empty() || totals_.back().first <= now - minutes(1))
      totals_.emplace_back(now, total);
    return total - before;
  }

 private:
  // At most one a minute, of the last hour and one that is older.
  std::deque<std::pair<Time, std::uint64_t>> totals_;
};

}  // namespace portal::metrics
