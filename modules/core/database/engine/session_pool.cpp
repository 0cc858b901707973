#include "core/database/engine/session_pool.h"

#include <algorithm>

namespace portal {
namespace {

constexpr Activity::Bound kConnecting{60};

}  // namespace

bool still_usable(const Engine& engine, SessionPool::Lease& session,
                  const Poco::Exception& failure) {
  const bool stale = engine.stale(failure);
  if (!stale) session->probe();
  if (!stale && session->usable()) return true;
  session.give_up();
  return false;
}

SessionPool::Idle SessionPool::idle_one(bool aside) {
  const std::lock_guard lock(mutex_);
  if (!aside && taken_ == most_) {
    throw Failure(unavailable(engine_.name() + ": all " + std::to_string(most_) +
                              " sessions are in use; a program needs one for each thread"));
  }
  if (!aside) ++taken_;
  if (idle_.empty()) return {};
  Idle idle = std::move(idle_.back());
  idle_.pop_back();
  return idle;
}

int SessionPool::in_use() const {
  const std::lock_guard lock(mutex_);
  return taken_;
}

SessionPool::Lease SessionPool::take() {
  return lease(false);
}

SessionPool::Lease SessionPool::take_aside() {
  return lease(true);
}

SessionPool::Lease SessionPool::lease(bool aside) {
  const Time now = Clock::now();
  Idle idle = idle_one(aside);
  try {
    if (idle.connection) {
      if (engine_.answers(*idle.connection, now - idle.since)) {
        return {*this, std::move(idle.connection), aside};
      }
      idle.connection->abandon();
      close_opened_before(now);
    }
    // Its own time-out is for each address of each host, and a look-up of names has another one.
    const Phase phase(Activity::Kind::kDatabase, kConnecting);
    return {*this, engine_.connect(), aside};
  } catch (...) {
    give_back(nullptr, aside);
    throw;
  }
}

void SessionPool::give_back(std::unique_ptr<Connection> connection, bool aside) {
  const std::lock_guard lock(mutex_);
  if (!aside) --taken_;
  if (!connection || !connection->usable()) return;
  if (connection->opened() < none_before_) {
    connection->abandon();
  } else if (taken_ + static_cast<int>(idle_.size()) < most_) {
    idle_.push_back({std::move(connection), Clock::now()});
  }
}

void SessionPool::close_opened_before(Time time) {
  std::vector<Idle> closed;  // closing takes time, so it is done after the lock is released
  const std::lock_guard lock(mutex_);
  none_before_ = std::max(none_before_, time);
  const auto first = std::stable_partition(idle_.begin(), idle_.end(), [&](const Idle& idle) {
    return idle.connection->opened() >= none_before_;
  });
  for (auto idle = first; idle != idle_.end(); ++idle) idle->connection->abandon();
  closed.assign(std::make_move_iterator(first), std::make_move_iterator(idle_.end()));
  idle_.erase(first, idle_.end());
}

}  // namespace portal
