// The watchdog of a program looks once a second whether its threads get on, and tells the service
// manager so. If one does not, or if the whole process stands still, the manager ends the process
// and starts a new one (systemd.service(5): WatchdogSec=).
//
// A thread gets on if its phase has changed, or may last longer (activity.h). The time is counted
// in looks, not read from a clock: a process, or a machine, that stood still has looked at nothing
// meanwhile, and its threads get all of their time again.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/base/activity.h"

namespace portal {

class Watchdog {
 public:
  struct Thread {
    std::string name;  // for the log
    const Activity& activity;
  };

  // `threads` live longer than this object. `meanwhile` is called at each look, if it is given: it
  // must neither throw nor wait. The signals that the caller has blocked stay blocked.
  explicit Watchdog(const std::vector<Thread>& threads, std::function<void()> meanwhile = {});
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;
  ~Watchdog() = default;

 private:
  using Duration = std::chrono::microseconds;

  struct Watched {
    Thread thread;
    std::uint64_t progress = 0;
    Duration still{0};  // for so long it has not got on
    bool stuck = false;
  };

  void run(const std::stop_token& stop) noexcept;
  void look();
  void report(const Watched& watched) const;
  void ping();

  const std::function<void()> meanwhile_;
  const Duration ping_every_;  // zero: nobody waits for it
  const Duration look_every_;
  Duration since_ping_;
  std::vector<Watched> watched_;
  std::mutex mutex_;
  std::condition_variable_any stopped_;
  std::jthread thread_;  // the last member: it uses the others
};

}  // namespace portal
