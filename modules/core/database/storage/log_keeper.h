// Keeps SQLite's write-ahead log small, in a thread of its own, so that no request has to write it
// back, and names who keeps it from that. The mailer has one. On PostgreSQL it does nothing.
//
// SQLite lets a commit write the log back, so that one of a thousand requests waits for all others;
// and it begins a log again only when nobody reads at that moment, so that under load the log grows
// without end.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "core/base/settings.h"
#include "core/database/storage/log_readers.h"

namespace portal {

class Engine;

class LogKeeper {
 public:
  // A reader of this age is named in the log of the program: `log_held`.
  static constexpr std::chrono::seconds kLongReader{30};
  static constexpr std::chrono::milliseconds kLook{200};

  explicit LogKeeper(const Settings& settings);
  LogKeeper(const LogKeeper&) = delete;
  LogKeeper& operator=(const LogKeeper&) = delete;
  ~LogKeeper();

 private:
  void run(const std::stop_token& stop);
  void look();
  void name_readers(std::chrono::steady_clock::time_point now);

  std::unique_ptr<Engine> engine_;  // none on PostgreSQL
  std::unique_ptr<Connection> connection_;
  std::vector<LogReader> readers_;  // since the log is held
  std::optional<std::chrono::steady_clock::time_point> held_since_;
  bool named_ = false;
  std::jthread thread_;  // the last member: it uses the others
};

}  // namespace portal
