// The time of the system, when it is not this machine's.
#include "core/base/clock.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace portal {
namespace {

constexpr std::int64_t kMillisecond = 1000;

class ClockTest : public testing::Test {
 protected:
  ~ClockTest() override { follow_clock(machine_now() * kMillisecond); }
};

TEST_F(ClockTest, GoesByTheClockThatItFollows) {
  for (const EpochSeconds differs : {EpochSeconds{0}, kHour, -kHour, 365 * kDay}) {
    const EpochSeconds before = machine_now();
    follow_clock((before - differs) * kMillisecond);
    const EpochSeconds now = system_now();
    const EpochSeconds passed = machine_now() - before;
    EXPECT_GE(now, before - differs);
    EXPECT_LE(now, before - differs + passed + 1);
    EXPECT_LE(std::abs(clock_ahead() - differs), passed + 1);
  }
}

}  // namespace
}  // namespace portal
