// Times as people read them: Japan's, UTC+9 without summer time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/clock.h"

namespace portal {

inline constexpr EpochSeconds kJapanAhead = 9 * kHour;  // of UTC

// 2026年11月22日 19時57分
std::string japan_time(EpochSeconds time);

// 2026年11月22日
std::string japan_date(EpochSeconds time);

// 2026-11-22 19:57:08 JST, for operators; 0: empty.
std::string japan_timestamp(EpochSeconds time);

// Days since 1970-01-01 by Japan's calendar, and when such a day begins.
std::int64_t japan_day(EpochSeconds time);
EpochSeconds start_of_japan_day(std::int64_t day);

// 2026-11-22
std::string japan_iso_date(EpochSeconds time);

// Of 2026-04-01 (its beginning) or 2026-04-01T09:30; nothing: it is neither.
std::optional<EpochSeconds> parse_japan_time(const std::string& text);

}  // namespace portal
