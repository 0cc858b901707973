// Leaves SQLite's one write lock to the portal between the transactions of a long piece of work:
// whoever waits for it looks every half millisecond (core/database/sqlite.cpp), so it must be free
// for longer than that, and often.
#pragma once

#include <chrono>
#include <thread>

#include "core/base/settings.h"

namespace portalctl {

class Pace {
 public:
  explicit Pace(const portal::Settings& settings)
      : wait_(settings.text("database.connector") == "SQLite") {}

  // Runs `transaction`, then sleeps for a few of those looks.
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
