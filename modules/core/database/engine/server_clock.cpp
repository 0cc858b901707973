#include "core/database/engine/server_clock.h"

#include <string>

#include "core/base/clock.h"
#include "core/database/engine/engine.h"
#include "core/database/engine/session_pool.h"

namespace portal {
namespace {

constexpr auto kAskEvery = std::chrono::minutes(1);
constexpr auto kAfterFailure = std::chrono::seconds(5);

const std::string kTheirs =
    "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint";  // milliseconds

}  // namespace

void ServerClock::follow(const Engine& engine, SessionPool& sessions) {
  if (engine.connector() != "PostgreSQL") return;
  std::unique_lock lock(mutex_, std::defer_lock);
  if (!lock.try_lock()) {
    if (known_) return;
    lock.lock();
  }
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + kAfterFailure;
  try {
    auto session = sessions.take_aside();
    try {
      follow_clock(session->number(kTheirs));
    } catch (const Poco::Exception& exception) {
      still_usable(engine, session, exception);  // else it is given up
      return;
    }
  } catch (const Poco::Exception&) {
    return;
  }
  known_ = true;
  next_ = now + kAskEvery;
}

void ServerClock::ask_again() {
  const std::lock_guard lock(mutex_);
  next_ = {};
}

}  // namespace portal
