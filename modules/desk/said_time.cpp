#include "desk/said_time.h"

#include "core/base/japan_time.h"

namespace portal {

std::string said_time(EpochSeconds time, EpochSeconds now) {
  return japan_said(time, now);
}

}  // namespace portal
