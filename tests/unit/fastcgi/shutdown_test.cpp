// Signals: an orderly end that loses no request, and reload.
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <deque>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "fastcgi_client.h"
#include "server_process.h"

namespace portal::fastcgi::testing {
namespace {

using namespace std::chrono_literals;

class ShutdownTest : public ServerTest {};

TEST_F(ShutdownTest, EndsAtOnceWhenIdle) {
  for (const int signal : {SIGTERM, SIGINT}) {
    ServerProcess server(listener_.get(), echo, {.threads = 4, .limits = {}, .callbacks = {}});
    ask(path_, {});
    const auto start = std::chrono::steady_clock::now();
    server.signal(signal);
    EXPECT_EQ(server.wait(), 0);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 1s);
  }
}

TEST_F(ShutdownTest, WhatIsInFlightFinishes) {
  const Pipe entered;
  const Pipe leave;
  const auto handler = [&](Exchange& exchange) {
    entered.say();
    leave.hear();
    return echo(exchange);
  };
  ServerProcess server(listener_.get(), handler, {.threads = 2, .limits = {}, .callbacks = {}});
  const Connection connection(path_);
  connection.send(request({}, "in flight"));
  entered.hear();
  server.signal(SIGTERM);
  server.signal(SIGTERM);  // an impatient operator
  EXPECT_FALSE(entered.hears(0));
  leave.say();
  EXPECT_EQ(output_of(connection.read_to_end()), "0\n\nin flight");
  EXPECT_EQ(server.wait(), 0);
}

TEST_F(ShutdownTest, APeerThatStallsDoesNotHoldTheEndUp) {
  Limits limits;
  limits.silence = 60s;
  limits.whole = 100ms;
  ServerProcess server(listener_.get(), echo, {.threads = 1, .limits = limits, .callbacks = {}});
  ask(path_, {});
  const Connection stalled(path_);
  stalled.send(begin_record());
  server.signal(SIGTERM);
  EXPECT_EQ(server.wait(), 0);
}

TEST_F(ShutdownTest, HangupReloadsAndServesOn) {
  const Pipe reloaded;
  ServerProcess server(
      listener_.get(), echo,
      {.threads = 1, .limits = {}, .callbacks = {.reload = [&] { reloaded.say(); }, .idle = {}}});
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(ask(path_, {}), "0\n\n");
    server.signal(SIGHUP);
    reloaded.hear();
  }
  server.signal(SIGTERM);
  EXPECT_EQ(server.wait(), 0);
}

TEST_F(ShutdownTest, IdleIsCalledAboutOnceASecond) {
  const Pipe called;
  const auto start = std::chrono::steady_clock::now();
  const ServerProcess server(
      listener_.get(), echo,
      {.threads = 1, .limits = {}, .callbacks = {.reload = {}, .idle = [&] { called.say(); }}});
  called.hear();
  called.hear();
  EXPECT_GE(std::chrono::steady_clock::now() - start, 1900ms);
}

TEST_F(ShutdownTest, WhatIsNoSocketIsAnError) {
  ServerProcess server(-1, echo, {});
  const int status = server.wait();
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), EXIT_FAILURE);
}

// ---- restarts under load

constexpr int kClients = 4;
constexpr int kRestarts = 12;
constexpr int kRequestsEach = 150;  // answered between two restarts

// Counts in memory that the test shares with the child that restarts the servers.
class Shared {
 public:
  Shared()
      : count_(static_cast<std::atomic<int>*>(::mmap(nullptr, sizeof(std::atomic<int>),
                                                     PROT_READ | PROT_WRITE,
                                                     MAP_SHARED | MAP_ANONYMOUS, -1, 0))) {
    if (count_ == MAP_FAILED) throw std::runtime_error("no shared memory");
  }
  Shared(const Shared&) = delete;
  Shared& operator=(const Shared&) = delete;
  ~Shared() { ::munmap(count_, sizeof *count_); }
  std::atomic<int>& count() const { return *count_; }

 private:
  std::atomic<int>* count_;
};

// In a process of one thread, for it forks: keeps `servers` of them, and restarts one after the
// other; when that is done, it says so and waits for the clients to leave. False: a server did not
// end well, or nothing was answered any more.
bool restart(int listener, const Handler& handler, std::size_t servers,
             const std::atomic<int>& answered, const Pipe& done, const Pipe& left) {
  const auto deadline = std::chrono::steady_clock::now() + 60s;
  // A server that is still starting while its sister answers them all must not die of the signal.
  sigset_t terminate;
  sigemptyset(&terminate);
  sigaddset(&terminate, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &terminate, nullptr);

  const ServerProcess::Options options{.threads = 2, .limits = {}, .callbacks = {}};
  std::deque<ServerProcess> running;
  while (running.size() < servers) running.emplace_back(listener, handler, options);
  for (int i = 0; i < kRestarts; ++i) {
    const int enough = answered + kRequestsEach;
    while (answered < enough) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::sleep_for(1ms);
    }
    running.front().signal(SIGTERM);
    if (running.front().wait() != 0) return false;
    running.pop_front();
    running.emplace_back(listener, handler, options);
  }
  done.say();
  left.hear();
  return true;
}

class RestartTest : public ServerTest, public ::testing::WithParamInterface<std::size_t> {};

TEST_P(RestartTest, LosesNoRequest) {
  const Shared answered;
  const Pipe done;
  const Pipe left;
  const pid_t restarter = ::fork();
  if (restarter == 0) {
    ::_exit(restart(listener_.get(), echo, GetParam(), answered.count(), done, left) ? 0 : 1);
  }
  std::atomic<bool> over = false;
  std::atomic<int> failed = 0;
  std::vector<std::thread> clients;
  for (int i = 0; i < kClients; ++i) {
    clients.emplace_back([&] {
      while (!over) {
        try {
          if (ask(path_, {{"REQUEST_METHOD", "POST"}}, "body") != "0\nPOST\nbody") ++failed;
        } catch (const std::runtime_error&) {
          ++failed;
        }
        ++answered.count();
      }
    });
  }
  EXPECT_TRUE(done.hears(90'000));
  over = true;
  for (auto& client : clients) client.join();
  left.say();
  int status = -1;
  ::waitpid(restarter, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(failed, 0);
  EXPECT_GE(answered.count(), kRestarts * kRequestsEach);
}

INSTANTIATE_TEST_SUITE_P(Servers, RestartTest, ::testing::Values(1, 2));

}  // namespace
}  // namespace portal::fastcgi::testing
