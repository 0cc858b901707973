// The order of the timeline's rows.
#include "core/journal/timeline.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace portal {
namespace {

std::int64_t second_of_the_clock() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::floor<std::chrono::seconds>(since_epoch).count();
}

// A slow request begins in one second and ends in the next one.
TEST(Timeline, RowsOfOneSecondAreInTheOrderInWhichTheyWereMade) {
  const EpochSeconds now = second_of_the_clock();
  const TimelineEntry entry = {.event = TimelineEvent::kOkPressed};
  std::string last;
  while (second_of_the_clock() < now + 2) {
    std::string id = timeline_row(now, entry).id;
    ASSERT_LT(last, id);
    last = std::move(id);
  }
}

}  // namespace
}  // namespace portal
