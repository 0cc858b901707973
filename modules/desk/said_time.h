// Times as who answers the telephone reads them out.
#pragma once

#include <string>

#include "core/base/clock.h"

namespace portal {

// 14:05 of today, else 11月25日 14:05, of another year 2025年11月25日 14:05: as the verdict says
// them.
std::string said_time(EpochSeconds time, EpochSeconds now);

}  // namespace portal
