#include "core/fastcgi/private/watch.h"

#include <fcntl.h>
#include <sys/socket.h>

#include <cassert>

namespace portal::fastcgi {

void Watch::begin(int connection) {
  const std::lock_guard lock(mutex_);
  seat(connection);
  spent_ = {};
  since_ = Clock::now();
  counting_ = true;
}

void Watch::pause() {
  const std::lock_guard lock(mutex_);
  spent_ += Clock::now() - since_;
  counting_ = false;
}

void Watch::resume() {
  const std::lock_guard lock(mutex_);
  since_ = Clock::now();
  counting_ = true;
}

void Watch::end() {
  const std::lock_guard lock(mutex_);
  seat(vacant_);
  counting_ = false;
}

bool Watch::end_if_over(std::chrono::milliseconds whole) {
  const std::lock_guard lock(mutex_);
  if (!counting_ || spent_ + (Clock::now() - since_) <= whole) return false;
  ::shutdown(seat_.get(), SHUT_RDWR);  // fails only if the peer has gone; then nothing waits
  counting_ = false;
  return true;
}

void Watch::seat(int descriptor) {
  [[maybe_unused]] const int number = ::dup3(descriptor, seat_.get(), O_CLOEXEC);
  assert(number == seat_.get());  // both are open: there is nothing that could fail
}

}  // namespace portal::fastcgi
