// The whole system keeps time in UTC, as seconds since the epoch. Screens show JST (japan_time.h).
#pragma once

#include <cstdint>
#include <functional>

namespace portal {

using EpochSeconds = std::int64_t;

inline constexpr EpochSeconds kMinute = 60;
inline constexpr EpochSeconds kHour = 60 * kMinute;
inline constexpr EpochSeconds kDay = 24 * kHour;

// A step asks this function for the time; tests pass a function of their own.
using Clock = std::function<EpochSeconds()>;

EpochSeconds system_now();

}  // namespace portal
