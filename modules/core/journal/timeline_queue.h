// The rows of the timeline that tell of no change (a refused form, a link that was opened, an error
// page), until the program writes them, about once a second and when it ends.
//
// So what changes nothing takes no lock of the database and waits for no disk, and one transaction
// writes all that has come meanwhile. A program that is killed loses what waits, at most about a
// second's rows; the log has their lines.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/database/database.h"
#include "core/http/request.h"
#include "core/journal/timeline.h"

namespace portal {

class TimelineQueue {
 public:
  // Rows that wait at most, some 2 MB: while the database is away, or a flood comes. What comes
  // then is counted with what was not kept (core/registration/stores.h), and logged: `event_lost`.
  static constexpr std::size_t kMost = 5000;

  // Any number of threads may call these, which wait for nothing. The first is for what a request
  // did, and writes its line of the log.
  void add(const Request& request, EpochSeconds now, TimelineEntry entry);
  void add(EpochSeconds now, const TimelineEntry& entry);

  // Writes what waits, with a session beside those of the threads. If that fails, the rows wait on,
  // and it is tried again after kPause: a database that is away makes its callers wait.
  void write(Database& database);
  static constexpr std::chrono::seconds kPause{15};

  // The same at the program's end, without a pause. Rows that cannot be written are lost.
  void write_last(Database& database);

 private:
  struct Waiting {
    std::optional<Store> store;
    std::optional<std::string> network;
    EventRow row;
  };
  using Lost = std::map<Store, std::int64_t>;

  void add(Waiting waiting);
  Result<Done> write_now(Database& database);
  static Result<Done> write_rows(Database& database, std::span<const Waiting> rows,
                                 const Lost& lost);

  std::mutex mutex_;
  std::vector<Waiting> waiting_;
  Lost lost_;  // for want of room
  std::chrono::steady_clock::time_point not_before_;
};

}  // namespace portal
