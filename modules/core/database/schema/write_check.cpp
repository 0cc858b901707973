// Database::check_writing.
#include "core/base/clock.h"
#include "core/database/engine/parts.h"

namespace portal {
namespace {

// Every role may write this table (sql/roles.sql), and every version of the schema has it. One row
// for all processes: who finds that somebody has just written it has only to find that he could
// too, which an UPDATE of no row tells. So one row is written every few seconds, however many ask.
const std::string kProve =
    "UPDATE throttle SET first_at = $1 WHERE key = 'write-check' "
    "AND (first_at <= $2 OR first_at > $1)";
const std::string kRows = "SELECT COUNT(*) FROM throttle WHERE key = 'write-check'";
const std::string kFirst =
    "INSERT INTO throttle (key, tries, first_at, blocked_until) VALUES ('write-check', 0, $1, 0) "
    "ON CONFLICT (key) DO NOTHING";

void expect(const Result<Done>& done) {
  if (!done) throw Failure(done.error());
}

// It is committed: a full disk is noticed only then.
void write_and_commit(const Engine& engine, Connection& connection) {
  engine.expect_room();
  const NoWaiting no_waiting;
  Transaction transaction(connection);
  try {
    engine.wait_for_no_lock(connection);
    const EpochSeconds now = system_now();
    const EpochSeconds every = Database::kWriteCheckInterval.count();
    if (connection.execute(kProve, {now, now - every}) == 0 && connection.number(kRows) == 0) {
      connection.execute(kFirst, {now});
    }
    expect(engine.before_commit(connection));
    transaction.commit();
    expect(engine.after_commit(connection));
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
        write_and_commit(engine, *session);
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
