#include "core/responder/errors_shown.h"

#include <utility>

#include "core/registration/policy.h"

namespace portal {

void ErrorsShown::add(EpochSeconds now, std::string_view request_id, std::string_view what) {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(minute_, now / kMinute) != now / kMinute) in_minute_ = 0;
    if (in_minute_ >= kMostInAMinute) return;
    ++in_minute_;
  }
  queue_.add(now, {.event = TimelineEvent::kErrorShown, .detail = what, .request_id = request_id});
}

}  // namespace portal
