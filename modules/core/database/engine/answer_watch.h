// An AnswerWatch notices when the server no longer answers.
//
// The server itself enforces the time-outs of a statement. If it is frozen, or waits for a
// synchronous standby that is gone, they never fire, and libpq would wait for ever. So a thread
// looks twice a second for an overdue statement and shuts its socket down: libpq then reports a
// lost session. The statements of other sessions that are as old wait for the same server, so they
// get only the time of a probe from then on.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "core/base/activity.h"

namespace portal {

class AnswerWatch {
 public:
  using Time = std::chrono::steady_clock::time_point;
  // A server that is well answers a trivial statement within this time.
  static constexpr std::chrono::milliseconds kProbe{1500};

  // The socket of a session, which still owns it. A Line must end before the watch.
  class Line {
   public:
    Line(AnswerWatch& watch, int socket);
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;
    ~Line();

    // True if the server has closed the connection, as far as is known without asking it.
    bool cut() const;
    // Ends the connection without a word to the server. What waits for an answer fails at once.
    void shut() const;
    // From now on the session's statements may take any time.
    void lift_limit() { limited_ = false; }

   private:
    friend class AnswerWatch;
    void hurry(Time due);

    AnswerWatch& watch_;
    const int socket_;
    const Time opened_;
    bool limited_ = true;
    std::atomic<Time> asked_;
    std::atomic<Time> due_;
  };

  // A statement runs as long as this object lives. It may take the watch's limit, or the given one.
  // Without a line (SQLite) nothing here limits it.
  class Asking {
   public:
    using Limit = std::optional<std::chrono::milliseconds>;

    explicit Asking(Line* line, Limit limit = std::nullopt);
    Asking(const Asking&) = delete;
    Asking& operator=(const Asking&) = delete;
    ~Asking();

   private:
    static Activity::Bound bound_of(const Line* line, Limit limit);

    const Phase phase_;
    Line* line_;
  };

  explicit AnswerWatch(std::chrono::milliseconds limit) : limit_(limit) {}

 private:
  void add(Line& line);
  void remove(Line& line);
  void look(const std::stop_token& stop);
  void end_overdue(Time now);

  const std::chrono::milliseconds limit_;
  std::mutex mutex_;
  std::condition_variable_any stopped_;
  std::set<Line*> lines_;
  std::jthread thread_;  // the last member, so that it ends before the members that it uses
};

}  // namespace portal
