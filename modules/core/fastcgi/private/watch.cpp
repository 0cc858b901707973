#include "core/fastcgi/private/watch.h"

#include <sys/socket.h>

namespace portal::fastcgi {

void Watch::begin(int connection) {
  const std::lock_guard lock(mutex_);
  connection_ = connection;
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

bool Watch::end_if_over(std::chrono::milliseconds whole) {
  const std::lock_guard lock(mutex_);
  if (!counting_ || spent_ + (Clock::now() - since_) <= whole) return false;
  ::shutdown(connection_, SHUT_RDWR);  // fails only if the peer has gone; then nothing waits
  counting_ = false;
  return true;
}

}  // namespace portal::fastcgi
