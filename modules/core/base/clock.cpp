#include "core/base/clock.h"

#include <atomic>
#include <ctime>
#include <limits>

namespace portal {
namespace {

constexpr std::int64_t kMillisecond = 1000;  // in a second
constexpr std::int64_t kNobody = std::numeric_limits<std::int64_t>::min();

// What the clock that is followed is ahead of CLOCK_BOOTTIME, which nobody can set. A process has
// one time, as it has one log.
std::atomic<std::int64_t> followed = kNobody;

std::int64_t milliseconds_of(clockid_t clock) {
  timespec time = {};
  clock_gettime(clock, &time);
  return time.tv_sec * kMillisecond + time.tv_nsec / 1'000'000;
}

}  // namespace

EpochSeconds machine_now() {
  return milliseconds_of(CLOCK_REALTIME) / kMillisecond;
}

EpochSeconds system_now() {
  const std::int64_t ahead = followed;
  if (ahead == kNobody) return machine_now();
  return (milliseconds_of(CLOCK_BOOTTIME) + ahead) / kMillisecond;
}

void follow_clock(std::int64_t theirs) {
  followed = theirs - milliseconds_of(CLOCK_BOOTTIME);
}

EpochSeconds clock_ahead() {
  const std::int64_t ahead = followed;
  if (ahead == kNobody) return 0;
  const std::int64_t differ =
      milliseconds_of(CLOCK_REALTIME) - milliseconds_of(CLOCK_BOOTTIME) - ahead;
  return differ / kMillisecond;
}

}  // namespace portal
