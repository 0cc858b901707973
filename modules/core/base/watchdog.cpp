#include "core/base/watchdog.h"

#include <algorithm>

#include "core/base/log.h"
#include "core/base/manager.h"

namespace portal {
namespace {

constexpr std::chrono::microseconds kLook = std::chrono::seconds(1);
constexpr int kPingsInPatience = 4;  // three of them may come late

}  // namespace

Watchdog::Watchdog(const std::vector<Thread>& threads, std::function<void()> meanwhile)
    : meanwhile_(std::move(meanwhile)),
      ping_every_(manager_patience().value_or(Duration::zero()) / kPingsInPatience),
      look_every_(ping_every_ > Duration::zero() ? std::min(ping_every_, kLook) : kLook),
      since_ping_(ping_every_) {
  for (const Thread& thread : threads) watched_.push_back({thread});
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void Watchdog::run(const std::stop_token& stop) noexcept {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    if (meanwhile_) meanwhile_();
    look();
    stopped_.wait_for(lock, stop, look_every_, [] { return false; });
  }
}

void Watchdog::look() {
  bool all_well = true;
  for (Watched& watched : watched_) {
    const auto sight = watched.thread.activity.look();
    if (std::exchange(watched.progress, sight.progress) != sight.progress ||
        sight.bound == Activity::kUnlimited) {
      watched.still = Duration::zero();
      if (std::exchange(watched.stuck, false)) {
        log::warning("stuck_ended", {{"thread", watched.thread.name}});
      }
      continue;
    }
    watched.still += look_every_;
    if (watched.still <= sight.bound) continue;
    all_well = false;
    if (!std::exchange(watched.stuck, true)) report(watched);
  }
  since_ping_ += look_every_;
  if (all_well && ping_every_ > Duration::zero() && since_ping_ >= ping_every_) ping();
}

// The process is of no use from now on: the request in hand will not end, and neither would an
// orderly stop. So the manager need not wait until a ping is missing.
void Watchdog::report(const Watched& watched) const {
  const Activity& activity = watched.thread.activity;
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(watched.still);
  log::error("stuck", {{"thread", watched.thread.name},
                       {"phase", name_of(activity.look().kind)},
                       {"seconds", std::to_string(seconds.count())},
                       {"request", activity.request_seen_from_outside()}});
  if (ping_every_ > Duration::zero()) tell_manager("WATCHDOG=trigger");
}

void Watchdog::ping() {
  since_ping_ = Duration::zero();
  tell_manager("WATCHDOG=1");
}

}  // namespace portal
