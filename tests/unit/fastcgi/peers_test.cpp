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
#include <new>
#include <stdexcept>
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

std::string parameters_of(const std::string& content) {
  return begin_record() + stream(Type::kParameters, content);
}

// A parameter with one-byte lengths, whatever is in it.
std::string pair_of(const std::string& name, const std::string& value) {
  return std::string{static_cast<char>(name.size()), static_cast<char>(value.size())} + name +
         value;
}

std::string management_record(char type, const std::string& content) {
  std::string bytes = record(static_cast<Type>(type), content);
  bytes[3] = 0;  // the request's id
  return bytes;
}

// What libfcgi by itself dies of, and what was never meant to come. The process goes on.
TEST_F(PeersTest, NoBytesEndTheProcess) {
  using namespace std::string_literals;
  const std::string end = stream(Type::kStdin, "");
  std::string values;
  for (int i = 0; i < 100; ++i) values += pair_of("FCGI_MAX_CONNS", "");
  struct Case {
    const char* label;
    std::string sent;
  };
  const Case cases[] = {
      {"two lengths of 2^31 - 1", parameters_of("\xff\xff\xff\xff\xff\xff\xff\xff"s + "name")},
      {"two lengths whose sum is over 2^31", parameters_of("\xff\xff\xff\xf0\xff\xff\xff\xf0"s)},
      {"a sum of exactly 2^31 - 2", parameters_of("\xbf\xff\xff\xff\xbf\xff\xff\xff"s + "name")},
      {"1 GiB each", parameters_of("\xbf\xff\xff\xff\xc0\x00\x00\x00"s + "name")},
      {"a short name, a long value", parameters_of("\x04\xff\xff\xff\xf0"s)},
      {"a length without its bytes", parameters_of("\x01\xff\xff"s)},
      {"a name without the value's length", parameters_of("\x01"s)},
      {"FCGI_GET_VALUES, a hundred", management_record(9, values) + begin_record()},
      {"FCGI_GET_VALUES within a request",
       begin_record() + management_record(9, values) + stream(Type::kParameters, "\x80")},
      {"an unknown management record", management_record(77, "x") + "\2"},
      {"a second beginning", begin_record() + begin_record()},
      {"a role that nobody asked for", record(Type::kBegin, "\0\3\0\0\0\0\0\0"s) + end},
      {"a beginning without its content", record(Type::kBegin, "")},
      {"a beginning that is too long", record(Type::kBegin, std::string(9, '\1'))},
      {"more parameters than anybody has",
       parameters_of("\x80\x20\x00\x00\x80\x20\x00\x00"s + std::string(4'194'304, 'x'))},
  };
  ServerProcess server(listener_.get(), echo,
                       {.threads = 1, .limits = short_silence(), .callbacks = {}});
  for (const Case& c : cases) {
    {
      const Connection evil(path_);
      evil.send(c.sent);
      evil.finish_sending();
      EXPECT_EQ(evil.read_to_end(), "") << c.label;
    }
    expect_next_answered(c.label);
  }
  server.signal(SIGTERM);
  EXPECT_EQ(server.wait(), 0);
}

// The request can be told from the others, so it gets an answer: 400.
TEST_F(PeersTest, OddParametersAreRefused) {
  using namespace std::string_literals;
  const std::string method = pair_of("REQUEST_METHOD", "GET");
  struct Case {
    const char* label;
    std::string parameters;
  };
  const Case cases[] = {
      {"a NUL for a name, the only one", pair_of("\0"s, "")},
      {"a NUL for a name", method + pair_of("\0"s, "")},
      {"a NUL in a name", method + pair_of("REQUEST\0_URI"s, "/")},
      {"a NUL at the end of a name", method + pair_of("A\0"s, "b")},
      {"a NUL in a value", method + pair_of("REQUEST_URI", "/\0/x"s)},
      {"a NUL for a value", method + pair_of("X", "\0"s)},
      {"no name", method + pair_of("", "value")},
      {"neither name nor value", method + pair_of("", "")},
      {"a name with =", method + pair_of("A=B", "c")},
  };
  ServerProcess server(listener_.get(), echo, {});
  for (const Case& c : cases) {
    const Connection odd(path_);
    odd.send(parameters_of(c.parameters) + stream(Type::kStdin, "a body that nobody gets"));
    const std::string got = c.parameters.starts_with(method) ? "3\nGET\n" : "3\n\n";
    EXPECT_EQ(output_of(odd.read_to_end()), got) << c.label;
    expect_next_answered(c.label);
  }
  server.signal(SIGTERM);
  EXPECT_EQ(server.wait(), 0);
}

// Bytes of all kinds, beyond ASCII too, reach the handler as they are.
TEST_F(PeersTest, OtherBytesAreTheHandlersMatter) {
  std::string all;
  for (int byte = 1; byte < 256; ++byte) all += static_cast<char>(byte);
  const auto handler = [](Exchange& exchange) { return std::string(exchange.parameter("X")); };
  const ServerProcess server(listener_.get(), handler, {});
  EXPECT_EQ(ask(path_, {{"X", all}, {"\xFF\n", "v"}}), all);
}

// Any bytes within the frame of records, and whole requests with single bytes changed or cut off: a
// fixed sequence, so that a failure comes again. tests/fuzz looks for more.
TEST_F(PeersTest, ChangedRequestsEndNoProcess) {
  const std::string whole =
      request({{"REQUEST_METHOD", "GET"}, {"CONTENT_LENGTH", "4"}, {"HTTP_COOKIE", "a=b"}}, "body");
  ServerProcess server(listener_.get(), echo,
                       {.threads = 4, .limits = short_silence(), .callbacks = {}});
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char byte : {'\0', '\x7f', '\x80', '\xff'}) {
      std::string changed = whole;
      changed[at] = byte;
      const Connection odd(path_);
      odd.send(changed);
      odd.finish_sending();
      odd.read_to_end();
    }
    const Connection cut(path_);
    cut.send(whole.substr(0, at));
  }
  expect_next_answered("all of them");
  server.signal(SIGTERM);
  EXPECT_EQ(server.wait(), 0);
}

TEST_F(PeersTest, WhatAHandlerThrowsCostsItsRequestOnly) {
  const auto handler = [](Exchange& exchange) -> std::string {
    const auto what = exchange.parameter("THROW");
    if (what == "exception") throw std::runtime_error("a fault");
    if (what == "no memory") throw std::bad_alloc();
    if (what == "number") throw 1;
    return echo(exchange);
  };
  const auto reload = [] { throw std::runtime_error("a fault"); };
  ServerProcess server(
      listener_.get(), handler,
      {.threads = 1, .limits = {}, .callbacks = {.reload = reload, .idle = reload}});
  const struct {
    const char* what;
    const char* answered;
  } cases[] = {
      {"exception", "Status: 500 "}, {"no memory", "Status: 503 "}, {"number", "Status: 500 "}};
  for (const auto& [what, answered] : cases) {
    const auto answer = ask(path_, {{"THROW", what}});
    EXPECT_TRUE(answer.starts_with(answered)) << answer;
    EXPECT_NE(answer.find("もう一度読み込んでください"), std::string::npos) << answer;
    expect_next_answered(what);
  }
  server.signal(SIGHUP);
  expect_next_answered("reload");
  server.signal(SIGTERM);
  EXPECT_EQ(server.wait(), 0);
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
