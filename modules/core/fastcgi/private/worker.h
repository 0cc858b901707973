// One thread of a responder. It waits for a connection, serves one request on it, and waits again.
#pragma once

#include <memory>
#include <string>

#include "core/base/activity.h"
#include "core/base/descriptor.h"
#include "core/fastcgi/private/records.h"
#include "core/fastcgi/private/watch.h"
#include "core/fastcgi/server.h"

namespace portal::fastcgi {

class Worker {
 public:
  // `listener` is non-blocking. `stop` is an eventfd; when it is readable, the worker takes no more
  // connections. Both, `limits` and `handler` live longer than the worker. It is an error if no
  // descriptor is left.
  static Result<std::unique_ptr<Worker>> make(int listener, int stop, const Limits& limits,
                                              const Handler& handler);

  // The thread's function; it returns after `stop`. What is thrown while a request is served costs
  // that request, and is logged as a fault.
  void run() noexcept;

  Watch& watch() { return watch_; }
  const Activity& activity() const { return activity_; }

 private:
  struct Ready {
    bool listener = false;
    bool stop = false;
  };

  Worker(int listener, int stop, Descriptor waiting, Descriptor records, const Limits& limits,
         const Handler& handler);
  Ready wait();
  void serve_one();
  void rest(int error);
  void converse(Descriptor& connection);
  Exchange read_plain(Descriptor& connection);
  Exchange read_anew(const Records& records);
  void answer(int connection, std::size_t request, Exchange& exchange);
  std::string handle(Exchange& exchange) noexcept;

  int listener_;
  int stop_;
  Descriptor waiting_;  // epoll(7)
  Descriptor records_;  // memfd_create(2): records that were made anew, for libfcgi
  Watch watch_;
  Activity activity_;
  const Limits& limits_;
  const Handler& handler_;
  bool has_complained_ = false;
};

}  // namespace portal::fastcgi
