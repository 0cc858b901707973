// The processor of a thread that computes is offered while it computes, and at no other time.
#include "core/security/private/processor_offer.h"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <ctime>
#include <thread>

namespace portal {
namespace {

using Clock = std::chrono::steady_clock;

// Computes until it has been offered that often. False: it was not within a minute.
bool computes_until(const ProcessorOffer& offer, std::uint64_t count) {
  const auto end = Clock::now() + std::chrono::minutes(1);
  while (offer.count() < count) {
    if (Clock::now() > end) return false;
  }
  return true;
}

// Of this thread.
std::chrono::nanoseconds processor_time() {
  timespec used = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

TEST(ProcessorOffer, IsMadeAgainAndAgainWhileItsThreadComputes) {
  ProcessorOffer offer;
  EXPECT_EQ(offer.count(), 0U);
  for (std::uint64_t count = 5; count < 20; count += 5) {
    offer.begin();
    EXPECT_TRUE(computes_until(offer, count));
    offer.end();
  }
}

TEST(ProcessorOffer, IsOverAtTheEnd) {
  ProcessorOffer offer;
  offer.begin();
  ASSERT_TRUE(computes_until(offer, 1));
  offer.end();
  ProcessorOffer other;  // as time passes
  other.begin();
  ASSERT_TRUE(computes_until(other, 1));  // a sanitizer keeps signals back for a while
  const auto count = offer.count();
  ASSERT_TRUE(computes_until(other, 4));
  other.end();
  EXPECT_EQ(offer.count(), count);
}

// Otherwise it would give a processor away as soon as it gets it.
TEST(ProcessorOffer, IsNotMadeByAThreadThatHasNotComputed) {
  ProcessorOffer offer;
  const auto before = processor_time();
  offer.begin();
  bool time_passed = false;
  std::thread([&] {
    ProcessorOffer other;
    other.begin();
    time_passed = computes_until(other, 30);
    other.end();
  }).join();
  offer.end();
  EXPECT_TRUE(time_passed);
  // To make the other thread is some work: milliseconds with a sanitizer on a busy machine.
  constexpr std::chrono::microseconds kLeastWork(500);
  EXPECT_LE(offer.count() * kLeastWork, processor_time() - before);
}

TEST(ProcessorOffer, IsMadeWhereTheProgramBlocksSignals) {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  bool offered = false;
  std::thread([&] {
    ProcessorOffer offer;
    offer.begin();
    offered = computes_until(offer, 1);
    offer.end();
  }).join();
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  EXPECT_TRUE(offered);
}

}  // namespace
}  // namespace portal
