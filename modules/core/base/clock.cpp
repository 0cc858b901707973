#include "core/base/clock.h"

#include <chrono>

namespace portal {

EpochSeconds system_now() {
  using std::chrono::duration_cast;
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return duration_cast<std::chrono::seconds>(since_epoch).count();
}

}  // namespace portal
