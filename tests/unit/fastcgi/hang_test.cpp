// What the service manager hears of a server that serves, that stands still, and that hangs.
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <string>

#include "core/base/activity.h"
#include "fastcgi_client.h"
#include "server_process.h"
#include "support/fake_manager.h"

namespace portal::fastcgi::testing {
namespace {

using namespace std::chrono_literals;
using portal::testing::FakeManager;

constexpr auto kPatience = 40ms;
const std::string kPing = "WATCHDOG=1";
const std::string kEnd = "WATCHDOG=trigger";

class HangTest : public ServerTest {
 protected:
  HangTest() { FakeManager::expect_pings(kPatience); }

  // Everything that has been said already.
  void forget() const {
    while (manager_.heard() != "nothing") {
    }
  }

  FakeManager manager_;
};

TEST_F(HangTest, PingsWhileItWaitsAndWhileItServes) {
  const Pipe entered;
  const Pipe leave;
  const auto handler = [&](Exchange& exchange) {
    const Phase phase(Activity::Kind::kDatabase, Activity::kDisk);  // slow, and within its time
    entered.say();
    leave.hear();
    return echo(exchange);
  };
  const ServerProcess server(listener_.get(), handler,
                             {.threads = 2, .limits = {}, .callbacks = {}});
  EXPECT_TRUE(manager_.hears("READY=1"));
  EXPECT_TRUE(manager_.hears(kPing));
  const Connection connection(path_);
  connection.send(request({}, ""));
  entered.hear();
  forget();
  for (int i = 0; i < 10; ++i) EXPECT_EQ(manager_.heard(30s), kPing);
  leave.say();
  connection.read_to_end();
}

TEST_F(HangTest, AWorkerThatHangsIsTold) {
  const auto hang = [](Exchange&) -> std::string {
    const Phase phase(Activity::Kind::kHash, Activity::Bound(1));
    for (;;) ::pause();
  };
  const ServerProcess server(listener_.get(), hang, {.threads = 2, .limits = {}, .callbacks = {}});
  EXPECT_TRUE(manager_.hears(kPing));
  const Connection connection(path_);
  connection.send(request({}, ""));
  EXPECT_TRUE(manager_.hears(kEnd));
}

TEST_F(HangTest, ALoopThatHangsIsTold) {
  const auto hang = [] {
    const Phase phase(Activity::Kind::kOther, Activity::Bound(1));
    for (;;) ::pause();
  };
  const ServerProcess server(
      listener_.get(), echo,
      {.threads = 1, .limits = {}, .callbacks = {.reload = {}, .idle = hang}});
  EXPECT_TRUE(manager_.hears(kEnd));
  EXPECT_EQ(ask(path_, {}), "0\n\n") << "workers serve on until the manager ends the process";
}

TEST_F(HangTest, AWorkerThatHangsAtTheEndIsTold) {
  const Pipe entered;
  const auto hang = [&](Exchange&) -> std::string {
    const Phase phase(Activity::Kind::kOther, Activity::Bound(1));
    entered.say();
    for (;;) ::pause();
  };
  const ServerProcess server(listener_.get(), hang, {.threads = 1, .limits = {}, .callbacks = {}});
  const Connection connection(path_);
  connection.send(request({}, ""));
  entered.hear();
  server.signal(SIGTERM);
  EXPECT_TRUE(manager_.hears("STOPPING=1") && manager_.hears(kEnd));
}

// A machine that was suspended has not lost its requests when it wakes up.
TEST_F(HangTest, AProcessThatStandsStillIsSilentAndGetsAllItsTimeAfterwards) {
  const Pipe entered;
  const Pipe leave;
  const auto handler = [&](Exchange& exchange) {
    const Phase phase(Activity::Kind::kOther, Activity::Bound(2));
    entered.say();
    leave.hear();
    return echo(exchange);
  };
  const ServerProcess server(listener_.get(), handler,
                             {.threads = 1, .limits = {}, .callbacks = {}});
  EXPECT_TRUE(manager_.hears("READY=1"));
  const Connection connection(path_);
  connection.send(request({}, ""));
  entered.hear();
  server.signal(SIGSTOP);
  // What it said before it stopped, and then nothing for longer than the request may last.
  while (manager_.heard(2500ms) != "nothing") {
  }
  server.signal(SIGCONT);
  EXPECT_EQ(manager_.heard(30s), kPing);
  leave.say();
  EXPECT_EQ(output_of(connection.read_to_end()), "0\n\n");
}

}  // namespace
}  // namespace portal::fastcgi::testing
