// One thread of a responder: waits for a connection, serves one request on it, waits again.
//
#pragma once

#include <memory>

#include "core/base/descriptor.h"
#include "core/fastcgi/private/watch.h"
#include "core/fastcgi/server.h"

namespace portal::fastcgi {

class Worker {
 public:
  // `listener` (non-blocking), `stop` (an eventfd; readable: no more connections), `limits` and
  // `handler` live longer than the worker. The error: there is no descriptor left.
  static Result<std::unique_ptr<Worker>> make(int listener, int stop, const Limits& limits,
                                              const Handler& handler);

  // The thread's function; returns after `stop`. What escapes it would be a lost thread that
  // nobody notices: noexcept, so that the process ends and is restarted.
  void run() noexcept;

  Watch& watch() { return watch_; }

 private:
  struct Ready {
    bool listener = false;
    bool stop = false;
  };

  Worker(int listener, int stop, Descriptor waiting, Descriptor seat, const Limits& limits,
         const Handler& handler);
  Ready wait();
  void serve_one();
  void rest(int error);
  void converse(int connection);

  int listener_;
  int stop_;
  Descriptor waiting_;  // epoll(7)
  Watch watch_;
  const Limits& limits_;
  const Handler& handler_;
  bool has_complained_ = false;
};

}  // namespace portal::fastcgi
