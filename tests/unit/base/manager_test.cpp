// What a program says to the service manager: one datagram, as sd_notify(3) sends it.
#include "core/base/manager.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

#include "support/fake_manager.h"

namespace portal {
namespace {

using std::chrono::microseconds;
using testing::FakeManager;

std::string unique_name() {
  return "portal-manager-" + std::to_string(::getpid());
}

TEST(Manager, HearsWhatIsSaid) {
  const auto path = std::filesystem::temp_directory_path() / unique_name();
  for (const std::string& name : {path.string(), "@" + unique_name()}) {
    const FakeManager manager(name);
    tell_manager("READY=1");
    EXPECT_EQ(manager.heard(), "READY=1") << name;
    EXPECT_EQ(manager.heard(), "nothing") << name;
  }
  std::filesystem::remove(path);
}

TEST(Manager, ThatIsNotThereIsNotSpokenTo) {
  ::unsetenv("NOTIFY_SOCKET");
  ::testing::internal::CaptureStderr();
  tell_manager("READY=1");
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

TEST(Manager, ThatDoesNotHearIsLogged) {
  for (const std::string& name : {std::string("/nowhere/notify"), std::string(200, 'x')}) {
    ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
    ::testing::internal::CaptureStderr();
    tell_manager("READY=1");
    EXPECT_NE(::testing::internal::GetCapturedStderr().find("manager_not_told"), std::string::npos)
        << name;
  }
  ::unsetenv("NOTIFY_SOCKET");
}

// Whatever a program has run out of, it is alive.
TEST(Manager, HearsAProgramThatHasNoDescriptorLeft) {
  const FakeManager manager("@" + unique_name());
  tell_manager("READY=1");
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  const rlimit none{0, before.rlim_max};
  ::setrlimit(RLIMIT_NOFILE, &none);
  tell_manager("WATCHDOG=1");
  ::setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_EQ(manager.heard(), "READY=1");
  EXPECT_EQ(manager.heard(), "WATCHDOG=1");
}

TEST(Manager, HasPatienceIfItSaysSo) {
  struct Case {
    const char* label;
    const char* usec;     // null: not set
    std::string process;  // empty: not set
    std::optional<microseconds> patience;
  };
  const std::string ours = std::to_string(::getpid());
  const Case cases[] = {
      {"no watchdog", nullptr, "", std::nullopt},
      {"for this process", "7000000", ours, microseconds(7'000'000)},
      {"for whichever process", "7000000", "", microseconds(7'000'000)},
      {"for the process that has started this one", "7000000", "1", std::nullopt},
      {"switched off", "0", ours, std::nullopt},
      {"no number", "soon", ours, std::nullopt},
  };
  for (const Case& c : cases) {
    const FakeManager unset_at_the_end("@" + unique_name());
    if (c.usec != nullptr) ::setenv("WATCHDOG_USEC", c.usec, 1);
    if (!c.process.empty()) ::setenv("WATCHDOG_PID", c.process.c_str(), 1);
    EXPECT_EQ(manager_patience(), c.patience) << c.label;
  }
}

}  // namespace
}  // namespace portal
