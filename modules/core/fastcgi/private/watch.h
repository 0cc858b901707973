// What the watchdog knows of one worker's connection, and how it ends one that drips on for ever
// (each byte comes within Limits::silence, but the end never does).
#pragma once

#include <chrono>
#include <mutex>
#include <utility>

#include "core/base/descriptor.h"

namespace portal::fastcgi {

// The library closes the connection at a moment of its own, and its number may then be anybody's:
// a shutdown(2) by that number could hit a database's connection. So the watch holds a duplicate.
// Its number, the seat, is taken from the start: to run out of descriptors costs no connection.
class Watch {
 public:
  // `seat`: a duplicate of `vacant`, which is no socket and lives longer than this object.
  Watch(Descriptor seat, int vacant) : seat_(std::move(seat)), vacant_(vacant) {}

  // By the worker: the exchange begins, the handler has its turn (which is not counted), the answer
  // is written, the exchange is over.
  void begin(int connection);
  void pause();
  void resume();
  void end();

  // By the watchdog, on another thread. True if the exchange was over `whole` and is now ended: the
  // worker's reads and writes fail at once.
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
