// A Watch is what the watchdog knows about one worker's connection. The watchdog ends a connection
// that goes on for ever (each byte comes within Limits::silence, but the end never comes).
#pragma once

#include <chrono>
#include <mutex>

namespace portal::fastcgi {

// The watchdog only touches the connection while its time counts. So whoever may close it calls
// pause() or end() before: the number may then belong to a connection to the database.
class Watch {
 public:
  // The worker calls these: the exchange begins, the handler runs (its time is not counted), the
  // answer is being written, the exchange is over.
  void begin(int connection);
  void pause();
  void resume();
  void end() { pause(); }

  // The watchdog calls this on another thread. True if the exchange took longer than `whole` and
  // has been ended: the worker's reads and writes now fail at once.
  bool end_if_over(std::chrono::milliseconds whole);

 private:
  using Clock = std::chrono::steady_clock;

  std::mutex mutex_;
  int connection_ = -1;
  bool counting_ = false;
  Clock::time_point since_;
  Clock::duration spent_{};  // before since_
};

}  // namespace portal::fastcgi
