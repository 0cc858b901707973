// An AnswerWatch notices when the server no longer answers.
//
// The server itself enforces the time-outs of a statement. If it is frozen, or waits for a
// synchronous standby that is gone, they never fire, and libpq would wait for ever. So a thread
// looks once a second for an overdue statement and shuts its socket down: libpq then reports a lost
// session.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

namespace portal {

class AnswerWatch {
 public:
  // The socket of a session, which still owns it. A Line must end before the watch.
  class Line {
   public:
    Line(AnswerWatch& watch, int socket);
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;
    ~Line();

    // True if the server has closed the connection, as far as is known without asking it.
    bool cut() const;
    // From now on the session's statements may take any time.
    void lift_limit() { limited_ = false; }

   private:
    friend class AnswerWatch;
    AnswerWatch& watch_;
    const int socket_;
    bool limited_ = true;
    std::atomic<std::chrono::steady_clock::time_point> due_;
  };

  // A statement runs as long as this object lives. Without a line (SQLite) nothing happens.
  class Asking {
   public:
    explicit Asking(Line* line);
    Asking(const Asking&) = delete;
    Asking& operator=(const Asking&) = delete;
    ~Asking();

   private:
    Line* line_;
  };

  explicit AnswerWatch(std::chrono::milliseconds limit) : limit_(limit) {}

 private:
  void add(Line& line);
  void remove(Line& line);
  void look(const std::stop_token& stop);

  const std::chrono::milliseconds limit_;
  std::mutex mutex_;
  std::condition_variable_any stopped_;
  std::set<Line*> lines_;
  std::jthread thread_;  // the last member, so that it ends before the members that it uses
};

}  // namespace portal
