#include "core/database/engine/session_pool.h"

namespace portal {

std::unique_ptr<Connection> SessionPool::idle_one() {
  const std::lock_guard lock(mutex_);
  if (taken_ == most_) {
    throw Failure(unavailable(engine_.name() + ": all " + std::to_string(most_) +
                              " sessions are in use; a program needs one for each thread"));
  }
  ++taken_;
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
  auto connection = idle_one();
  if (connection && engine_.current(*connection)) return {*this, std::move(connection)};
  try {
    return {*this, engine_.connect()};
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

void SessionPool::give_back(std::unique_ptr<Connection> connection) {
  const std::lock_guard lock(mutex_);
  --taken_;
  if (connection && connection->usable()) idle_.push_back(std::move(connection));
}

}  // namespace portal
