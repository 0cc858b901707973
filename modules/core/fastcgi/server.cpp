// serve(): runs on the main thread and waits for signals.
#include "core/fastcgi/server.h"

#include <fcgiapp.h>
#include <fcntl.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <cassert>
#include <csignal>
#include <cstdint>
#include <future>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "core/base/descriptor.h"
#include "core/base/log.h"
#include "core/base/manager.h"
#include "core/base/system_error.h"
#include "core/base/watchdog.h"
#include "core/fastcgi/places.h"
#include "core/fastcgi/private/worker.h"

namespace portal::fastcgi {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kTick{1};

// The workers and their threads. No thread outlives this object.
class Crew {
 public:
  Crew(const Limits& limits, Places* places)
      : limits_(limits), places_(places), stop_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;
  ~Crew() { stop(); }  // then the futures wait for their threads

  Result<Done> start(int listener, int threads, const Handler& handler) {
    if (!stop_) return unavailable("cannot make an eventfd: " + system_error());
    if (places_ != nullptr) threads = std::max(threads, places_->count() + 1);
    while (static_cast<int>(workers_.size()) < threads) {
      auto worker = Worker::make(listener, stop_.get(), limits_, handler, places_);
      if (!worker) return worker.error();
      workers_.push_back(std::move(*worker));
    }
    try {
      watchdog_ = std::make_unique<Watchdog>(watched(), [this] { end_overdue(); });
      for (const auto& worker : workers_) {
        threads_.push_back(std::async(std::launch::async, &Worker::run, worker.get()));
      }
    } catch (const std::system_error& error) {
      return unavailable(std::string("cannot start a thread: ") + error.what() +
                         "; lower --threads or raise the limit of tasks");
    }
    return Done{};
  }

  void stop() {
    // Nobody reads it, so it stays readable for every worker.
    if (stop_) ::eventfd_write(stop_.get(), 1);
  }

  // Call it after stop(). The watchdog goes on, so that a slow peer cannot delay the end.
  void join() {
    for (auto& thread : threads_) {
      while (thread.wait_for(kTick) != std::future_status::ready) Activity::here().beat();
    }
  }

 private:
  // On the watchdog's thread.
  void end_overdue() {
    for (const auto& worker : workers_) {
      if (worker->watch().end_if_over(limits_.whole)) log::warning("overdue");
    }
  }

  // All threads, with the calling one.
  std::vector<Watchdog::Thread> watched() const {
    std::vector<Watchdog::Thread> all = {{"main", Activity::here()}};
    for (const auto& worker : workers_) {
      all.push_back({"worker " + std::to_string(all.size()), worker->activity()});
    }
    return all;
  }

  const Limits& limits_;
  Places* places_;
  Descriptor stop_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::unique_ptr<Watchdog> watchdog_;
  std::vector<std::future<void>> threads_;  // the last member, so it is destroyed first
};

sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

Result<Done> start_library() {
  if (FCGX_Init() != 0) return unavailable("cannot start libfcgi: " + system_error());
  // The library installs handlers of its own. A signal that runs one interrupts a read or write
  // and so breaks a request.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGUSR1, SIG_IGN);
  return Done{};
}

Result<Done> make_non_blocking(int socket) {
  const int flags = ::fcntl(socket, F_GETFL);
  if (flags < 0 || ::fcntl(socket, F_SETFL, flags | O_NONBLOCK) < 0) {
    return refused("cannot use the listening socket: " + system_error());
  }
  return Done{};
}

// The next of the signals. 0 if none has come until `until`; it may return 0 earlier.
int next_signal(const sigset_t& signals, Clock::time_point until) {
  const auto left = std::max(until - Clock::now(), Clock::duration::zero());
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
  const timespec timeout{seconds.count(), std::chrono::nanoseconds(left - seconds).count()};
  return std::max(::sigtimedwait(&signals, nullptr, &timeout), 0);
}

// What is thrown here concerns no request: the workers go on.
void call(const std::function<void()>& callback) {
  if (!callback) return;
  try {
    callback();
  } catch (const std::exception& error) {
    log::error("fault", {{"error", error.what()}});
  }
}

// It reads many files; a list of passwords may be long.
void reload(const Callbacks& callbacks) {
  const Phase phase(Activity::Kind::kOther, Activity::kDisk);
  call(callbacks.reload);
}

// Returns the signal that ends the program.
int supervise(const sigset_t& signals, const Callbacks& callbacks) {
  for (auto tick = Clock::now() + kTick;;) {
    Activity::here().beat();
    const int signal = next_signal(signals, tick);
    if (signal == SIGTERM || signal == SIGINT) return signal;
    if (signal == SIGHUP) reload(callbacks);
    if (Clock::now() < tick) continue;
    call(callbacks.idle);
    tick = Clock::now() + kTick;
  }
}

}  // namespace

Result<Done> serve(int listening_socket, int threads, const Limits& limits, const Handler& handler,
                   const Callbacks& callbacks, Places* places) {
  assert(threads > 0);
  const sigset_t signals = block_signals();
  if (auto done = start_library(); !done) return done;
  if (auto done = make_non_blocking(listening_socket); !done) return done;

  const Phase phase(Activity::Kind::kOther);
  Crew crew(limits, places);
  if (auto done = crew.start(listening_socket, threads, handler); !done) return done;
  tell_manager("READY=1");
  const int signal = supervise(signals, callbacks);
  log::info("stopping", {{"signal", signal == SIGTERM ? "SIGTERM" : "SIGINT"}});
  tell_manager("STOPPING=1");
  crew.stop();
  crew.join();
  return Done{};
}

}  // namespace portal::fastcgi
