#include "core/database/engine/session_pool.h"

namespace portal {

std::unique_ptr<Connection> SessionPool::idle_one(bool aside) {
  const std::lock_guard lock(mutex_);
  if (!aside && taken_ == most_) {
    throw Failure(unavailable(engine_.name() + ": all " + std::to_string(most_) +
                              " sessions are in use; a program needs one for each thread"));
  }
  if (!aside) ++taken_;
  if (idle_.empty()) return nullptr;
  auto connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
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
  auto connection = idle_one(aside);
  if (connection && engine_.current(*connection)) return {*this, std::move(connection), aside};
  try {
    return {*this, engine_.connect(), aside};
  } catch (...) {
    give_back(nullptr, aside);
    throw;
  }
}

void SessionPool::give_back(std::unique_ptr<Connection> connection, bool aside) {
  const std::lock_guard lock(mutex_);
  if (!aside) --taken_;
  const bool is_room = taken_ + static_cast<int>(idle_.size()) < most_;
  if (connection && connection->usable() && is_room) idle_.push_back(std::move(connection));
}

}  // namespace portal
