// A ServerClock lets the process follow the clock of the PostgreSQL server, which all machines that
// share the database follow. On SQLite there is one machine, and nothing to follow.
//
// It asks with a session aside, so that it never takes a thread's own, and at most once a minute,
// so that no request pays for it. Who serves tells of a clock that differs (clock_log.h).
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>

namespace portal {

class Engine;
class SessionPool;

class ServerClock {
 public:
  // Asks if it is time to. A thread waits for another's question only before the first answer. A
  // server that does not answer is no error here: whoever wants the time wants the database next,
  // and is told then.
  void follow(const Engine& engine, SessionPool& sessions);

  // The server may be another one, so the next follow() asks.
  void ask_again();

 private:
  std::mutex mutex_;
  std::atomic<bool> known_ = false;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace portal
