#include "core/mail/time_limit.h"

#include <sys/socket.h>

namespace portal::mail {

TimeLimit::TimeLimit(int socket, Time until)
    : socket_(socket),
      until_(until),
      thread_([this](const std::stop_token& stop) { watch(stop); }) {}

TimeLimit::~TimeLimit() {
  thread_.request_stop();
  thread_.join();
}

void TimeLimit::set(Time until) {
  const std::lock_guard lock(mutex_);
  until_ = until;
  changed_.notify_all();
}

void TimeLimit::watch(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    const Time until = until_;
    changed_.wait_until(lock, stop, until, [&] { return until_ != until; });
    if (until_ != until || stop.stop_requested()) continue;
    ::shutdown(socket_, SHUT_RDWR);
    return;
  }
}

}  // namespace portal::mail
