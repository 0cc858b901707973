// Times as people in Japan read them: UTC+9, without summer time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/clock.h"

namespace portal {

inline constexpr EpochSeconds kJapanAhead = 9 * kHour;  // Japan's time minus UTC

// 2026年11月22日 19時57分
std::string japan_time(EpochSeconds time);

// 2026年11月22日
std::string japan_date(EpochSeconds time);

// 19時57分
std::string japan_clock(EpochSeconds time);

// As it is said at the telephone: 19:57 of the day of `now`, else 11月22日 19:57, of another year
// 2025年11月22日 19:57.
std::string japan_said(EpochSeconds time, EpochSeconds now);

// 2026-11-22 19:57:08 JST, for operators. Empty for 0.
std::string japan_timestamp(EpochSeconds time);

// The number of days since 1970-01-01 in Japan, and the time when such a day begins there.
std::int64_t japan_day(EpochSeconds time);
EpochSeconds start_of_japan_day(std::int64_t day);

// 2026-11-22
std::string japan_iso_date(EpochSeconds time);

// Reads 2026-04-01 (the beginning of that day) or 2026-04-01T09:30. Nothing if the text is neither.
std::optional<EpochSeconds> parse_japan_time(const std::string& text);

}  // namespace portal
