// Peers that stall, drip, talk nonsense or go away: none holds a thread for long.
//
// Each server has one thread: that it answers the next request shows that the thread is free.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <chrono>
#include <csignal>
#include <ctime>
#include <string>
#include <thread>
#include <vector>

#include "fastcgi_client.h"
#include "server_process.h"

namespace portal::fastcgi::testing {
namespace {

using namespace std::chrono_literals;

const std::string kAnswered = "0\nGET\n";

class PeersTest : public ServerTest {
 protected:
  void expect_next_answered(const char* label) {
    EXPECT_EQ(ask(path_, {{"REQUEST_METHOD", "GET"}}), kAnswered) << label;
  }
};

Limits short_silence() {
  Limits limits;
  limits.silence = 100ms;
  return limits;
}

TEST_F(PeersTest, SilenceFreesTheThread) {
  const std::string whole = request({{"REQUEST_METHOD", "POST"}}, "body");
  struct Case {
    const char* label;
    std::string sent;
  };
  const Case cases[] = {
      {"nothing", ""},
      {"one byte", "\1"},
      {"half a header", whole.substr(0, 4)},
      {"the beginning alone", begin_record()},
      {"half of the parameters", whole.substr(0, 30)},
      {"no end of the body", whole.substr(0, whole.size() - 8)},
  };
  const ServerProcess server(listener_.get(), echo,
                             {.threads = 1, .limits = short_silence(), .callbacks = {}});
  for (const Case& c : cases) {
    const Connection silent(path_);
    silent.send(c.sent);
    expect_next_answered(c.label);
  }
}

TEST_F(PeersTest, NonsenseFreesTheThread) {
  struct Case {
    const char* label;
    std::string sent;
  };
  const std::string begin = begin_record();
  const Case cases[] = {
      {"HTTP", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"},
      {"another version", std::string("\2\1\0\1\0\0\0\0", 8)},
      {"zeros", std::string(100, '\0')},
      {"a type out of its turn", stream(Type::kStdin, "body")},
      {"a role that does not exist", record(Type::kBegin, std::string("\0\7\0\0\0\0\0\0", 8))},
      {"parameters that break off", begin + stream(Type::kParameters, "\x7f\x7fshort")},
      {"a length without its bytes", begin + stream(Type::kParameters, "\x80")},
  };
  // What it takes for another request's records it skips, and waits for more.
  const ServerProcess server(listener_.get(), echo,
                             {.threads = 1, .limits = short_silence(), .callbacks = {}});
  for (const Case& c : cases) {
    const Connection odd(path_);
    odd.send(c.sent);
    EXPECT_EQ(odd.read_to_end(), "") << c.label;
    expect_next_answered(c.label);
  }
}

TEST_F(PeersTest, WhoGoesAwayFreesTheThread) {
  const ServerProcess server(listener_.get(),
                             [](Exchange& exchange) {
                               return echo(exchange) +
                                      std::string(exchange.body.empty() ? 0 : 8'000'000, 'x');
                             },
                             {});
  { const Connection gone(path_); }
  expect_next_answered("before it has said anything");
  {
    const Connection gone(path_);
    gone.send(request({}, "body"));
  }
  expect_next_answered("before the answer");
}

TEST_F(PeersTest, WhoNeverReadsFreesTheThread) {
  const auto large = [](Exchange& exchange) {
    return echo(exchange) + std::string(exchange.body.empty() ? 0 : 8'000'000, 'x');
  };
  const ServerProcess server(listener_.get(), large,
                             {.threads = 1, .limits = short_silence(), .callbacks = {}});
  const Connection deaf(path_);
  deaf.send(request({}, "body"));
  expect_next_answered("deaf");
}

TEST_F(PeersTest, AConnectionIsNotKeptThoughThePeerAsksForIt) {
  const ServerProcess server(listener_.get(), echo, {});
  const Connection kept(path_);
  kept.send(request({{"REQUEST_METHOD", "GET"}}, "", true));
  EXPECT_EQ(output_of(kept.read_to_end()), kAnswered);
  const Connection left_open(path_);
  left_open.send(request({{"REQUEST_METHOD", "GET"}}, "", true));
  expect_next_answered("kept");
}

// A byte now and then is no silence: the watchdog ends it.
TEST_F(PeersTest, WhoDripsIsEnded) {
  Limits limits;
  limits.whole = 200ms;
  const ServerProcess server(listener_.get(), echo,
                             {.threads = 1, .limits = limits, .callbacks = {}});
  const Connection dripping(path_);
  ASSERT_TRUE(dripping.send(begin_record() +
                            record(Type::kParameters, std::string(60'000, 'x')).substr(0, 8)));
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  while (dripping.send("\x7f") && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(10ms);  // the drip's pace
  }
  EXPECT_LT(std::chrono::steady_clock::now(), deadline);
  expect_next_answered("dripping");
}

TEST_F(PeersTest, TheHandlersTimeIsNotThePeers) {
  const Pipe ticked;
  Limits limits;
  limits.whole = 50ms;
  const auto handler = [&](Exchange& exchange) {
    ticked.hear();  // the watchdog looks before each tick
    ticked.hear();
    return echo(exchange);
  };
  const ServerProcess server(
      listener_.get(), handler,
      {.threads = 1, .limits = limits, .callbacks = {.reload = {}, .idle = [&] { ticked.say(); }}});
  expect_next_answered("slow handler");
}

// The library aborts on it, or it refuses: either costs this process at most, and the next one
// goes on. See server.h.
TEST_F(PeersTest, LengthsBeyondAllMemoryCostAtMostTheProcess) {
  const std::string huge[] = {
      std::string("\xff\xff\xff\xff\xff\xff\xff\xff", 8) + "name",
      std::string("\xbf\xff\xff\xff\xc0\x00\x00\x00", 8) + "name",
      std::string("\x04\xff\xff\xff\xf0", 5) + "name",
  };
  for (const std::string& parameters : huge) {
    ServerProcess server(listener_.get(), echo, {});
    {
      const Connection evil(path_);
      evil.send(begin_record() + stream(Type::kParameters, parameters));
      EXPECT_EQ(evil.read_to_end(), "");
    }
    server.signal(SIGTERM);
    const int status = server.wait();
    EXPECT_TRUE(WIFEXITED(status) || WTERMSIG(status) == SIGABRT) << status;
    const ServerProcess next(listener_.get(), echo, {});
    expect_next_answered("after the abort");
  }
}

std::chrono::nanoseconds processor_time(pid_t process) {
  clockid_t clock{};
  timespec time{};
  ::clock_getcpuclockid(process, &clock);
  ::clock_gettime(clock, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

// Takes all descriptors that are left.
std::vector<Descriptor> hoard() {
  const rlimit limit{64, 64};
  ::setrlimit(RLIMIT_NOFILE, &limit);
  std::vector<Descriptor> all;
  do {
    all.emplace_back(::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0));
  } while (all.back());
  return all;
}

// Without descriptors: no busy loop, and the connection waits until there are some again.
TEST_F(PeersTest, OutOfDescriptorsItRests) {
  const Pipe ticked;
  const Pipe changed;
  std::vector<Descriptor> hoarded;
  const auto change = [&] {
    hoarded = hoarded.empty() ? hoard() : std::vector<Descriptor>();
    changed.say();
  };
  const ServerProcess server(
      listener_.get(), echo,
      {.threads = 1, .limits = {}, .callbacks = {.reload = change, .idle = [&] { ticked.say(); }}});
  expect_next_answered("before");
  server.signal(SIGHUP);
  changed.hear();
  const Connection waiting(path_);
  waiting.send(request({{"REQUEST_METHOD", "GET"}}));
  const auto before = processor_time(server.id());
  ticked.hear();
  ticked.hear();
  EXPECT_LT(processor_time(server.id()) - before, 300ms) << "in at least one second";
  server.signal(SIGHUP);
  EXPECT_EQ(output_of(waiting.read_to_end()), kAnswered);
}

}  // namespace
}  // namespace portal::fastcgi::testing
