// Error pages that were shown, for `portalctl timeline`: who calls about one reads its number out.
//
// They are kept in memory and written while the program is idle. So an error page costs no
// transaction, and one that was shown because the database was away is written when it is back.
// What is lost (the program is killed, or there are too many) is still in the log.
#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/database/database.h"

namespace portal {

class ErrorsShown {
 public:
  // Those of a minute that are kept at most, so that nobody fills the table by asking for errors.
  static constexpr std::size_t kMostInAMinute = 30;

  // Any number of threads may call this. `what`: the step and the status.
  void add(EpochSeconds now, std::string_view request_id, std::string_view what);
  // Writes what there is. If that fails, it is tried again after a pause: a database that is away
  // makes its callers wait.
  void write(Database& database);

 private:
  struct Shown {
    EpochSeconds at;
    std::string request_id;
    std::string what;
  };
  static constexpr std::chrono::seconds kPause{15};
  static constexpr std::size_t kMostWaiting = 300;  // while the database is away

  std::mutex mutex_;
  std::vector<Shown> waiting_;
  EpochSeconds minute_ = 0;
  std::size_t in_minute_ = 0;
  std::chrono::steady_clock::time_point not_before_;
};

}  // namespace portal
