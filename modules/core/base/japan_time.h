// Times as people read them: Japan's, UTC+9 without summer time.
#pragma once

#include <string>

#include "core/base/clock.h"

namespace portal {

// 2026年11月22日 19時57分
std::string japan_time(EpochSeconds time);

// 2026年11月22日
std::string japan_date(EpochSeconds time);

// 2026-11-22 19:57:08 JST, for operators; 0: empty.
std::string japan_timestamp(EpochSeconds time);

}  // namespace portal
