// The thread that gives way: its niceness, its caller's, and who works where there is no thread.
#include "core/security/private/yielding_thread.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>

namespace portal {
namespace {

struct Seen {
  std::thread::id thread;
  int niceness = 0;
};

Seen here() {
  return {std::this_thread::get_id(), ::getpriority(PRIO_PROCESS, 0)};
}

TEST(YieldingThread, GivesWayAndItsCallerDoesNot) {
  const Seen caller = here();
  YieldingThread thread;
  Seen seen;
  thread.run([&] { seen = here(); });
  EXPECT_NE(seen.thread, caller.thread);
  EXPECT_GE(seen.niceness, YieldingThread::kNiceness);
  EXPECT_EQ(here().niceness, caller.niceness);
}

TEST(YieldingThread, DoesOneWorkAfterAnother) {
  YieldingThread thread;
  Seen first;
  thread.run([&] { first = here(); });
  int done = 0;
  for (int i = 0; i < 1000; ++i) {
    thread.run([&] { done += here().thread == first.thread ? 1 : 0; });
  }
  EXPECT_EQ(done, 1000);
}

TEST(YieldingThread, EndsWithoutEverHavingWorked) {
  const YieldingThread thread;
}

// Leaves no room for the stack of another thread.
[[noreturn]] void work_without_memory_for_a_thread() {
  const rlimit none{1, 1};
  if (::setrlimit(RLIMIT_AS, &none) != 0) std::_Exit(3);
  YieldingThread thread;
  Seen seen;
  thread.run([&] { seen = here(); });
  std::_Exit(seen.thread == std::this_thread::get_id() ? 0 : 2);
}

TEST(YieldingThreadDeathTest, ItsCallerWorksWhereThereIsNoThread) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "the sanitizer itself needs the memory";
#endif
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(work_without_memory_for_a_thread(), ::testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace portal
