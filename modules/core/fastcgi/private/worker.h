// One thread of a responder. It waits for a connection, serves one request on it, and waits again.
// If the request needs a place and there is none, the thread leaves it in the queue for whoever
// leaves a place (places.h).
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/base/activity.h"
#include "core/base/descriptor.h"
#include "core/fastcgi/places.h"
#include "core/fastcgi/private/records.h"
#include "core/fastcgi/private/watch.h"
#include "core/fastcgi/server.h"

namespace portal::fastcgi {

class Worker {
 public:
  // `listener` is non-blocking. `stop` is an eventfd; when it is readable, the worker takes no more
  // connections. Both, `limits`, `handler` and `places`, which may be null, live longer than the
  // worker. It is an error if no descriptor is left.
  static Result<std::unique_ptr<Worker>> make(int listener, int stop, const Limits& limits,
                                              const Handler& handler, Places* places);

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
         const Handler& handler, Places* places);
  Ready wait();
  int patience() const;
  void serve_one();
  void rest(int error);
  void converse(Descriptor& connection);
  void settle(Places::Guest guest, bool is_read);
  void serve_in_place(std::optional<Places::Guest> guest, Places::Clock::time_point began);
  void answer_later(Places::Guest guest);
  void refuse_overdue();
  void refuse_while_others_finish();
  Exchange read_plain(Descriptor& connection);
  Exchange read_anew(const Records& records);
  void answer(Places::Guest& guest) noexcept;
  std::string handle(Exchange& exchange) noexcept;

  int listener_;
  int stop_;
  Descriptor waiting_;  // epoll(7)
  Descriptor records_;  // memfd_create(2): records that were made anew, for libfcgi
  Watch watch_;
  Activity activity_;
  const Limits& limits_;
  const Handler& handler_;
  Places* places_;
  bool has_complained_ = false;
};

}  // namespace portal::fastcgi
