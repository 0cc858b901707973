// The turns at hashing: never more than there are slots, and first come, first served.
#include "core/security/private/hashing_slots.h"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <atomic>
#include <numeric>
#include <thread>
#include <vector>

#include "support.h"

namespace portal {
namespace {

constexpr std::size_t kMemory = std::size_t{2} << 20;

TEST(HashingSlots, OneMoreThanThereAreSlotsWaits) {
  HashingSlots slots(2, kMemory);
  auto first = slots.enter();
  std::atomic<bool> entered = false;
  std::thread third;
  {
    auto second = slots.enter();
    third = std::thread([&] {
      auto turn = slots.enter();
      entered = true;
    });
    EXPECT_TRUE(eventually([&] { return slots.load().waiting == 1; }));
    EXPECT_FALSE(entered);
  }
  third.join();
  EXPECT_TRUE(entered);
  EXPECT_EQ(slots.load().waiting, 0U);
}

TEST(HashingSlots, ItsLoadSaysWhoWorksAndHowLongOthersWaited) {
  HashingSlots slots(1, kMemory);
  std::thread second;
  {
    auto first = slots.enter();
    second = std::thread([&] { auto turn = slots.enter(); });
    ASSERT_TRUE(eventually([&] { return slots.load().waiting == 1; }));
    const HashingLoad load = slots.load();
    EXPECT_EQ(load.running, 1U);
    EXPECT_EQ(load.begun, 1U);
    EXPECT_EQ(load.waited.count(), 0);
  }
  second.join();
  const HashingLoad load = slots.load();
  EXPECT_EQ(load.running, 0U);
  EXPECT_EQ(load.waiting, 0U);
  EXPECT_EQ(load.begun, 2U);
  EXPECT_GT(load.waited.count(), 0);
}

TEST(HashingSlots, NeverMoreThanThereAreSlots) {
  HashingSlots slots(3, kMemory);
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 500; ++round) {
        auto turn = slots.enter();
        const int now = ++inside;
        int seen = most;
        while (now > seen && !most.compare_exchange_weak(seen, now)) {
        }
        std::this_thread::yield();
        --inside;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(most, 3);
  EXPECT_EQ(slots.load().waiting, 0U);
}

TEST(HashingSlots, EachTurnHasItsOwnMemory) {
  HashingSlots slots(2, kMemory);
  auto first = slots.enter();
  auto second = slots.enter();
  EXPECT_NE(&first.memory(), &second.memory());
}

TEST(HashingSlots, FirstComeFirstServed) {
  constexpr unsigned kThreads = 20;
  HashingSlots slots(1, kMemory);
  std::vector<unsigned> served;  // guarded by the only slot
  std::vector<std::thread> threads;
  {
    auto turn = slots.enter();
    for (unsigned i = 0; i < kThreads; ++i) {
      threads.emplace_back([&, i] {
        auto mine = slots.enter();
        served.push_back(i);
      });
      ASSERT_TRUE(eventually([&] { return slots.load().waiting == i + 1; }));
    }
  }
  for (std::thread& thread : threads) thread.join();
  std::vector<unsigned> in_order(kThreads);
  std::iota(in_order.begin(), in_order.end(), 0U);
  EXPECT_EQ(served, in_order);
}

void touch(Argon2Memory& memory) {
  void* const pages = memory.allocate(4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS);
  EXPECT_EQ(memory.free(pages, 4096), 0);
}

TEST(HashingSlots, OneWhoComesAloneGetsTheWarmSlot) {
  HashingSlots slots(4, kMemory);
  for (int i = 0; i < 5; ++i) {
    auto turn = slots.enter();
    touch(turn.memory());
    EXPECT_EQ(turn.memory().served(), static_cast<unsigned>(i + 1));
  }
}

TEST(HashingSlots, MemoryIsKeptUntilItIsIdle) {
  HashingSlots slots(1, kMemory);
  {
    auto turn = slots.enter();
    touch(turn.memory());
    slots.release_idle(std::chrono::seconds(0));
    EXPECT_GT(turn.memory().held(), 0U) << "in use";
  }
  slots.release_idle(std::chrono::hours(1));
  {
    auto turn = slots.enter();
    EXPECT_GT(turn.memory().held(), 0U) << "used a moment ago";
  }
  slots.release_idle(std::chrono::seconds(0));
  auto turn = slots.enter();
  EXPECT_EQ(turn.memory().held(), 0U);
}

}  // namespace
}  // namespace portal
