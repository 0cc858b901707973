#include "core/responder/errors_shown.h"

#include <utility>

#include "core/journal/timeline.h"
#include "core/registration/policy.h"

namespace portal {

void ErrorsShown::add(EpochSeconds now, std::string_view request_id, std::string_view what) {
  const std::lock_guard lock(mutex_);
  if (std::exchange(minute_, now / kMinute) != now / kMinute) in_minute_ = 0;
  if (in_minute_ >= kMostInAMinute || waiting_.size() >= kMostWaiting) return;
  ++in_minute_;
  waiting_.push_back({now, std::string(request_id), std::string(what)});
}

void ErrorsShown::write(Database& database) {
  const auto now = std::chrono::steady_clock::now();
  std::vector<Shown> shown;
  {
    const std::lock_guard lock(mutex_);
    if (now < not_before_) return;
    shown.swap(waiting_);
  }
  if (shown.empty()) return;
  const auto written = database.write([&](Connection& connection) {
    for (const Shown& one : shown) {
      record_timeline_event(
          connection, one.at,
          {.event = TimelineEvent::kErrorShown, .detail = one.what, .request_id = one.request_id});
    }
    return Done{};
  });
  if (written) return;
  const std::lock_guard lock(mutex_);
  not_before_ = now + kPause;
  waiting_.insert(waiting_.begin(), shown.begin(), shown.end());
}

}  // namespace portal
