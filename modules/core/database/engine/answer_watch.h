// Whether the server still answers.
//
// A statement's own time-outs are the server's: where it is frozen, or waits for a synchronous
// standby that is gone, they never fire, and libpq would wait for ever. So a thread looks once a
// second whether a statement is overdue, and shuts its socket: libpq then reports a lost session.
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
  // A session's socket, which stays the session's. Ends before the watch does.
  class Line {
   public:
    Line(AnswerWatch& watch, int socket);
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;
    ~Line();

    // The server has hung up, as far as is known without asking it.
    bool cut() const;
    // From now on its statements may take as long as they like.
    void lift_limit() { limited_ = false; }

   private:
    friend class AnswerWatch;
    AnswerWatch& watch_;
    const int socket_;
    bool limited_ = true;
    std::atomic<std::chrono::steady_clock::time_point> due_;
  };

  // A statement is under way as long as this lives. No line (SQLite): nothing happens.
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
  std::jthread thread_;  // last: it ends before what it uses
};

}  // namespace portal
