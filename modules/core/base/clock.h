// Time, as the whole system sees it: UTC, seconds since the epoch. Screens show JST.
#pragma once

#include <cstdint>
#include <functional>

namespace portal {

using EpochSeconds = std::int64_t;

inline constexpr EpochSeconds kMinute = 60;
inline constexpr EpochSeconds kHour = 60 * kMinute;
inline constexpr EpochSeconds kDay = 24 * kHour;

// Where a step takes the time from; tests hand in their own.
using Clock = std::function<EpochSeconds()>;

EpochSeconds system_now();

}  // namespace portal
