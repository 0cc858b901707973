// Where the time of a request goes, and what others see of a thread.
#include "core/base/activity.h"

#include <gtest/gtest.h>

#include <thread>

namespace portal {
namespace {

using Kind = Activity::Kind;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;

// Lets the clock get on by at least so much, within this phase.
void spend(Kind kind, milliseconds time) {
  const Phase phase(kind);
  const auto until = Activity::Clock::now() + time;
  while (Activity::Clock::now() < until) std::this_thread::yield();
}

TEST(Activity, CountsTheTimeOfEachKind) {
  const ForRequest request("r");
  const Activity& here = Activity::here();
  for (std::size_t kind = 1; kind < Activity::kKinds; ++kind) {
    EXPECT_EQ(here.spent(static_cast<Kind>(kind)), nanoseconds(0)) << kind;
    spend(static_cast<Kind>(kind), milliseconds(2));
    spend(static_cast<Kind>(kind), milliseconds(1));
    EXPECT_GE(here.spent(static_cast<Kind>(kind)), milliseconds(3)) << kind;
  }
}

TEST(Activity, CountsForTheInnermostPhaseOnly) {
  const ForRequest request("r");
  const auto start = Activity::Clock::now();
  {
    const Phase outer(Kind::kDatabase);
    spend(Kind::kLock, milliseconds(3));
  }
  const auto passed = Activity::Clock::now() - start;
  const Activity& here = Activity::here();
  EXPECT_GE(here.spent(Kind::kLock), milliseconds(3));
  EXPECT_LE(here.spent(Kind::kDatabase) + here.spent(Kind::kLock), passed);
}

TEST(Activity, BeginsAtZeroWithEachRequest) {
  const Activity& here = Activity::here();
  {
    const ForRequest request("first");
    spend(Kind::kRender, milliseconds(1));
    EXPECT_EQ(here.request(), "first");
  }
  EXPECT_EQ(here.request(), "");
  const ForRequest request("second");
  EXPECT_EQ(here.request(), "second");
  EXPECT_EQ(here.spent(Kind::kRender), nanoseconds(0));
}

TEST(Activity, IsSeenFromOutside) {
  Activity& here = Activity::here();
  const auto seen = [&] { return here.look(); };
  const Phase outer(Kind::kHash, Activity::Bound(8));
  EXPECT_EQ(seen().kind, Kind::kHash);
  EXPECT_EQ(seen().bound, Activity::Bound(8));
  auto progress = seen().progress;
  EXPECT_EQ(seen().progress, progress);
  {
    const Phase inner(Kind::kLock, Activity::Bound(65535));
    EXPECT_EQ(seen().kind, Kind::kLock);
    EXPECT_EQ(seen().bound, Activity::Bound(65535));
    EXPECT_GT(seen().progress, std::exchange(progress, seen().progress));
    here.beat();
    EXPECT_EQ(seen().kind, Kind::kLock);
    EXPECT_GT(seen().progress, std::exchange(progress, seen().progress));
  }
  EXPECT_EQ(seen().kind, Kind::kHash);
  EXPECT_EQ(seen().bound, Activity::Bound(8));
  EXPECT_GT(seen().progress, progress);
}

TEST(Activity, EachThreadHasItsOwn) {
  Activity given;
  const Activity* seen = nullptr;
  std::thread([&] {
    EXPECT_NE(&Activity::here(), &given);
    given.take_thread();
    const ForRequest request("there");
    seen = &Activity::here();
    EXPECT_EQ(given.request_seen_from_outside(), "there");
  }).join();
  EXPECT_EQ(seen, &given);
  EXPECT_NE(&Activity::here(), &given);
  EXPECT_EQ(given.request_seen_from_outside(), "");
}

}  // namespace
}  // namespace portal
