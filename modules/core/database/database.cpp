#include "core/database/database.h"

#include "core/database/engine/parts.h"

namespace portal {
namespace {

using Function = std::function<bool(Connection&)>;

using Clock = std::chrono::steady_clock;

constexpr int kMostConflicts = 3;
constexpr auto kLongWait = std::chrono::seconds(5);

std::unique_ptr<Engine> make_engine(const Settings& settings, Durability durability,
                                    std::chrono::milliseconds patience) {
  const std::string& connection = settings.text("database.connection");
  return settings.text("database.connector") == "PostgreSQL"
             ? make_postgresql(connection, durability, patience)
             : make_sqlite(connection, durability, patience);
}

// Counts how often a function may still be run again. After a restart of the server every idle
// session is dead; most are noticed when they are taken, and the others when they are used.
class Retries {
 public:
  explicit Retries(int sessions) : lost_(sessions + 1) {}
  // If it took this long to notice the loss, the function is not run again: a person waits.
  bool after_loss() { return lost_-- > 0 && Clock::now() - start_ < kLongWait; }
  bool after_conflict() { return conflicts_-- > 0; }

 private:
  const Clock::time_point start_ = Clock::now();
  int lost_;
  int conflicts_ = kMostConflicts;
};

void write_once(const Engine& engine, Connection& connection, const Function& function,
                bool& committing) {
  Transaction transaction(connection, Transaction::Lock::kAtOnce);
  engine.begin_writing(connection);
  if (!function(connection)) return;
  if (const auto done = engine.before_commit(connection); !done) throw Failure(done.error());
  committing = true;
  transaction.commit();
  if (const auto done = engine.after_commit(connection); !done) throw Failure(done.error());
  connection.done();
}

}  // namespace

void after_commit(Connection& connection, std::function<void()> action) {
  connection.after_commit(std::move(action));
}

Database::Database(const Settings& settings, Durability durability, int sessions,
                   std::chrono::milliseconds patience, SchemaRange schema)
    : parts_(
          std::make_unique<Parts>(make_engine(settings, durability, patience), sessions, schema)) {}

Database::~Database() = default;

EpochSeconds Database::now() {
  parts_->clock.follow(*parts_->engine, parts_->sessions);
  return system_now();
}

Result<Done> Database::run(Mode mode, const Function& function) {
  Engine& engine = *parts_->engine;
  Retries retries(parts_->sessions.most());
  try {
    for (;;) {
      auto session =
          mode == Mode::kWriteAside ? parts_->sessions.take_aside() : parts_->sessions.take();
      bool committing = false;
      try {
        expect_schema(*session);
        if (mode == Mode::kRead) {
          function(*session);
        } else {
          write_once(engine, *session, function, committing);
        }
        return Done{};
      } catch (const Poco::Exception& exception) {
        const bool usable = still_usable(engine, session, exception);
        // A commit whose answer was lost may have happened, so it is not repeated.
        const bool again = usable ? engine.conflict(exception) && retries.after_conflict()
                                  : !committing && retries.after_loss();
        if (!again) throw;
        ++(usable ? parts_->conflicts : parts_->lost);
        if (!usable) parts_->clock.ask_again();
      }
    }
  } catch (const Poco::Exception& exception) {
    Error error = engine.why(exception);
    ++(error.kind == Error::Kind::kUnavailable ? parts_->unavailable : parts_->refused);
    return error;
  }
}

Result<Done> Database::suits() {
  if (const auto suits = parts_->engine->suits(); !suits) return suits;
  // Nothing but a schema that is too new is refused.
  const auto done = check();
  if (done || done.error().kind != Error::Kind::kRefused) return Done{};
  return wrong_usage(done.error().message);
}

Database::Statistics Database::statistics() const {
  return {.unavailable = parts_->unavailable,
          .refused = parts_->refused,
          .conflicts = parts_->conflicts,
          .lost = parts_->lost,
          .sessions_in_use = parts_->sessions.in_use(),
          .sessions_limit = parts_->sessions.most()};
}

bool table_missing(const Poco::Exception& exception) {
  const std::string& text = exception.message();
  return text.find("no such table") != std::string::npos ||
         (text.find("relation ") != std::string::npos &&
          text.find(" does not exist") != std::string::npos);
}

Error not_migrated(const Engine& engine) {
  return unavailable(engine.name() + " is not migrated: run `portalctl migrate`");
}

}  // namespace portal
