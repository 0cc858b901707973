#include "core/metrics/last_hour.h"

#include <gtest/gtest.h>

namespace portal::metrics {
namespace {

using std::chrono::minutes;

TEST(LastHour, WhatIsOlderNoLongerCounts) {
  const LastHour::Time start = {};
  const struct {
    int minute;
    std::uint64_t total;
    std::uint64_t grown;
  } cases[] = {
      {0, 2, 2},     // all since the start
      {1, 3, 3},     //
      {30, 5, 5},    //
      {59, 5, 5},    // of one hour
      {60, 6, 4},    // what there was at minute 0 is an hour old
      {90, 6, 1},    // of minute 30: 5
      {150, 6, 0},   //
      {1000, 9, 3},  // after a pause
      {1060, 9, 0},  //
  };
  LastHour hour;
  for (const auto& [minute, total, grown] : cases) {
    EXPECT_EQ(hour.grown_to(total, start + minutes(minute)), grown) << minute;
  }
}

}  // namespace
}  // namespace portal::metrics
