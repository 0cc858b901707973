#include "core/base/clock_log.h"

#include <cstdlib>
#include <string>

#include "core/base/clock.h"
#include "core/base/log.h"

namespace portal {

void ClockLog::look() {
  const EpochSeconds ahead = clock_ahead();
  const bool differs = std::abs(ahead) > kClockSlack;
  if (differs == differs_) return;
  differs_ = differs;
  if (differs) {
    log::warning("clock_differs", {{"ahead_of_database", std::to_string(ahead)}});
  } else {
    log::info("clock_agrees");
  }
}

}  // namespace portal
