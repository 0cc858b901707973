// A pause between the transactions of a long piece of work. SQLite has one write lock, which the
// portal needs too. A program that waits for it looks every half millisecond (SQLite's busy handler
// in core/database), so the lock must be free for longer than that, and often.
#pragma once

#include <chrono>
#include <thread>

#include "core/base/settings.h"

namespace portalctl {

class BatchPause {
 public:
  explicit BatchPause(const portal::Settings& settings)
      : wait_(settings.text("database.connector") == "SQLite") {}

  // Runs `transaction`, then sleeps for a few of those half milliseconds.
  template <class F>
  auto after(const F& transaction) const {
    auto result = transaction();
    if (wait_) std::this_thread::sleep_for(kPause);
    return result;
  }

 private:
  static constexpr auto kPause = std::chrono::milliseconds(3);
  bool wait_;
};

}  // namespace portalctl
