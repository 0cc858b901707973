// The watchdog pings while all threads get on, and asks for an end when one does not.
#include "core/base/watchdog.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <string>

#include "core/base/log.h"
#include "support/fake_manager.h"

namespace portal {
namespace {

using testing::FakeManager;
using Kind = Activity::Kind;
using std::chrono::milliseconds;

constexpr Activity::Bound kShort{1};
constexpr auto kPatience = milliseconds(40);  // so it looks every 10 ms

// A thread that does what the test says until it is released.
class Subject {
 public:
  explicit Subject(std::function<void(std::future<void>)> work)
      : thread_([this, work = std::move(work)] {
          activity_.take_thread();
          const ForRequest request("0123456789abcdef0123456789abcdef");
          work(release_.get_future());
        }) {}
  Subject(const Subject&) = delete;
  Subject& operator=(const Subject&) = delete;
  ~Subject() {
    release();
    thread_.join();
  }
  void release() {
    if (!std::exchange(released_, true)) release_.set_value();
  }
  const Activity& activity() const { return activity_; }

 private:
  Activity activity_;
  std::promise<void> release_;
  bool released_ = false;
  std::thread thread_;
};

void hang(Kind kind, Activity::Bound bound, const std::future<void>& until) {
  const Phase phase(kind, bound);
  until.wait();
}

TEST(Watchdog, AsksForAnEndWhenAThreadHangs) {
  const FakeManager manager;
  FakeManager::expect_pings(kPatience);
  Subject well([](const std::future<void>& end) { hang(Kind::kOther, Activity::kUnlimited, end); });
  Subject stuck([](const std::future<void>& end) { hang(Kind::kLock, kShort, end); });
  log::start("portal-form", log::Level::kInfo, log::Format::kText);
  ::testing::internal::CaptureStderr();
  {
    const Watchdog watchdog({{"main", well.activity()}, {"worker 1", stuck.activity()}});
    EXPECT_TRUE(manager.hears("WATCHDOG=trigger"));
    // A manager that knows no trigger waits for a ping, and none comes any more.
    EXPECT_EQ(manager.heard(3 * kPatience), "nothing");
  }
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_NE(log.find(" stuck thread=\"worker 1\" phase=lock seconds=1 "
                     "request=0123456789abcdef0123456789abcdef\n"),
            std::string::npos)
      << log;
}

// Does one thing after the other; each may take up to `bound`.
void get_on(Activity::Bound bound, const std::future<void>& end) {
  const Phase outer(Kind::kOther, bound);
  while (end.wait_for(milliseconds(1)) != std::future_status::ready) {
    const Phase phase(Kind::kDatabase, bound);
  }
}

// Waits for something, and says each time that it has looked at it.
void beat(Activity::Bound bound, const std::future<void>& end) {
  const Phase outer(Kind::kOther, bound);
  while (end.wait_for(milliseconds(1)) != std::future_status::ready) Activity::here().beat();
}

TEST(Watchdog, PingsWhileAllGetOn) {
  constexpr Activity::Bound kBound{2};
  constexpr int kPings = 250;  // one a look: after 200 of them a thread that hangs would be found
  const FakeManager manager;
  FakeManager::expect_pings(kPatience);
  const Subject waits(
      [](const std::future<void>& end) { hang(Kind::kOther, Activity::kUnlimited, end); });
  const Subject may_take_long(
      [](const std::future<void>& end) { hang(Kind::kOther, Activity::kDisk, end); });
  const Subject works([=](const std::future<void>& end) { get_on(kBound, end); });
  const Subject looks([=](const std::future<void>& end) { beat(kBound, end); });
  const Watchdog watchdog({{"1", waits.activity()},
                           {"2", may_take_long.activity()},
                           {"3", works.activity()},
                           {"4", looks.activity()}});
  for (int i = 0; i < kPings; ++i) {
    ASSERT_EQ(manager.heard(std::chrono::seconds(30)), "WATCHDOG=1") << i;
  }
}

TEST(Watchdog, PingsAgainWhenTheThreadHasGotOn) {
  const FakeManager manager;
  FakeManager::expect_pings(kPatience);
  Subject subject([](const std::future<void>& end) { hang(Kind::kOther, kShort, end); });
  const Watchdog watchdog({{"worker 1", subject.activity()}});
  ASSERT_TRUE(manager.hears("WATCHDOG=trigger"));
  subject.release();
  EXPECT_EQ(manager.heard(std::chrono::seconds(30)), "WATCHDOG=1");
}

// spawn-fcgi and mod_fcgid start a program without a manager.
TEST(Watchdog, SaysNothingWhereNobodyWaitsForIt) {
  const FakeManager manager;
  std::promise<void> looked;
  std::atomic<int> looks = 0;
  const Subject subject([](const std::future<void>& end) { end.wait(); });
  {
    const Watchdog watchdog({{"worker 1", subject.activity()}}, [&] {
      if (++looks == 2) looked.set_value();  // so the first look is over
    });
    ASSERT_EQ(looked.get_future().wait_for(std::chrono::seconds(30)), std::future_status::ready);
  }
  EXPECT_EQ(manager.heard(), "nothing");
}

}  // namespace
}  // namespace portal
