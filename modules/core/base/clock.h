// The whole system keeps time in UTC, as seconds since the epoch. Screens show JST (japan_time.h).
//
// There is one clock for all that is stored and compared: that of the database server, where
// several machines share one (Database::now), else this machine's own. A program must never compare
// a time of the database with machine_now().
#pragma once

#include <cstdint>
#include <functional>

namespace portal {

using EpochSeconds = std::int64_t;

inline constexpr EpochSeconds kMinute = 60;
inline constexpr EpochSeconds kHour = 60 * kMinute;
inline constexpr EpochSeconds kDay = 24 * kHour;

// Clocks that are right may differ by so much. A time that is more than this after now was written
// before somebody set the clock back.
inline constexpr EpochSeconds kClockSlack = 5;

// A step asks this function for the time; tests pass a function of their own.
using Clock = std::function<EpochSeconds()>;

// The time of the system, for this process.
EpochSeconds system_now();

// This machine's own clock, to compare it with others.
EpochSeconds machine_now();

// From now on the time of the system is `theirs`, in milliseconds since the epoch, and goes on with
// the time that passes, whatever is done to this machine's clock. Any thread may call it.
void follow_clock(std::int64_t theirs);

// How far this machine's clock is ahead of the system's; negative: behind. 0 where it is the
// system's.
EpochSeconds clock_ahead();

}  // namespace portal
