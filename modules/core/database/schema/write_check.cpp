// Database::check_writing.
#include "core/database/engine/parts.h"

namespace portal {
namespace {

// Every role may write this table (sql/roles.sql).
const std::string kWrite =
    "INSERT INTO throttle (key, tries, first_at, blocked_until) VALUES ('write-check', 0, 0, 0)";

void write_and_roll_back(const Engine& engine, Connection& connection) {
  const NoWaiting no_waiting;
  const Transaction transaction(connection);
  try {
    engine.wait_for_no_lock(connection);
    connection.execute(kWrite);
  } catch (const Poco::Exception& exception) {
    if (!engine.busy(exception)) throw;
  }
}

// A session that the server has ended, or that began while the server was read-only, is no reason.
Result<Done> ask(const Engine& engine, SessionPool& sessions) {
  try {
    for (int lost = 0;; ++lost) {
      auto session = sessions.take_aside();
      try {
        write_and_roll_back(engine, *session);
        return Done{};
      } catch (const Poco::Exception& exception) {
        if (still_usable(engine, session, exception) || lost > sessions.most()) throw;
      }
    }
  } catch (const Poco::Exception& exception) {
    return engine.why(exception);
  }
}

}  // namespace

Result<Done> Database::check_writing() {
  const auto now = std::chrono::steady_clock::now();
  WriteCheck& last = parts_->write_check;
  {
    const std::lock_guard lock(last.mutex);
    // If all sessions are in use, the database is being worked with.
    const bool all_busy = parts_->sessions.in_use() == parts_->sessions.most();
    if (all_busy || (last.begun && now < *last.begun + kWriteCheckInterval)) return last.answer;
    last.begun = now;
  }
  auto answer = ask(*parts_->engine, parts_->sessions);
  const std::lock_guard lock(last.mutex);
  last.answer = answer;
  return answer;
}

}  // namespace portal
