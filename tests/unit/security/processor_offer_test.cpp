// The processor of a thread that computes is offered while it computes, and at no other time.
#include "core/security/private/processor_offer.h"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
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
  const auto count = offer.count();
  ProcessorOffer other;  // as time passes
  other.begin();
  ASSERT_TRUE(computes_until(other, 3));
  other.end();
  EXPECT_EQ(offer.count(), count);
}

// Otherwise it would give a processor away as soon as it gets it.
TEST(ProcessorOffer, IsNotMadeByAThreadThatHasNotComputed) {
  ProcessorOffer offer;
  offer.begin();
  bool time_passed = false;
  std::thread([&] {
    ProcessorOffer other;
    other.begin();
    time_passed = computes_until(other, 10);
    other.end();
  }).join();
  offer.end();
  EXPECT_TRUE(time_passed);
  EXPECT_LE(offer.count(), 1U);  // to make the other thread is some work
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
