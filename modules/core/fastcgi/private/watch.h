// A Watch is what the watchdog knows about one worker's connection. The watchdog ends a connection
// that goes on for ever (each byte comes within Limits::silence, but the end never comes).
#pragma once

#include <chrono>
#include <mutex>
#include <utility>

#include "core/base/descriptor.h"

namespace portal::fastcgi {

// The library closes the connection at a time of its choice, and the number may then belong to
// another connection: a shutdown(2) with that number could end a connection to the database. So the
// watch holds a duplicate. The number of the duplicate, the seat, is reserved from the start, so
// that no connection fails here when the process runs out of descriptors.
class Watch {
 public:
  // `seat` is a duplicate of `vacant`, which is not a socket and lives longer than this object.
  Watch(Descriptor seat, int vacant) : seat_(std::move(seat)), vacant_(vacant) {}

  // The worker calls these: the exchange begins, the handler runs (its time is not counted), the
  // answer is being written, the exchange is over.
  void begin(int connection);
  void pause();
  void resume();
  void end();

  // The connection's duplicate, between begin() and end().
  int connection() const { return seat_.get(); }

  // The watchdog calls this on another thread. True if the exchange took longer than `whole` and
  // has been ended: the worker's reads and writes now fail at once.
  bool end_if_over(std::chrono::milliseconds whole);

 private:
  using Clock = std::chrono::steady_clock;

  void seat(int descriptor);

  std::mutex mutex_;
  Descriptor seat_;
  int vacant_;
  bool counting_ = false;
  Clock::time_point since_;
  Clock::duration spent_{};  // before since_
};

}  // namespace portal::fastcgi
