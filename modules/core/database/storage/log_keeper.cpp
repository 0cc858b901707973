#include "core/database/storage/log_keeper.h"

#include <condition_variable>
#include <mutex>

#include "core/base/log.h"
#include "core/database/engine/engine.h"

namespace portal {

LogKeeper::LogKeeper(const Settings& settings) {
  if (settings.text("database.connector") == "PostgreSQL") return;
  engine_ =
      make_sqlite(settings.text("database.connection"), Durability::kFull, Database::kPatience);
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

LogKeeper::~LogKeeper() = default;

void LogKeeper::run(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  while (!stopped.wait_for(lock, stop, kLook, [&] { return stop.stop_requested(); })) look();
}

// What is wrong with the database, the program's own work tells.
void LogKeeper::look() {
  try {
    if (!connection_ || !engine_->current(*connection_)) connection_ = engine_->connect();
    const auto now = std::chrono::steady_clock::now();
    if (engine_->keep_log_small(*connection_)) {
      held_since_.reset();
      named_ = false;
    } else if (!held_since_) {
      held_since_ = now;
      readers_ = log_readers(*connection_);
    } else {
      readers_ = still_reading(readers_, log_readers(*connection_));
      if (now - *held_since_ >= kLongReader) name_readers(now);
    }
  } catch (const Poco::Exception&) {
    connection_.reset();
  }
}

void LogKeeper::name_readers(std::chrono::steady_clock::time_point now) {
  if (std::exchange(named_, true)) return;
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - *held_since_).count();
  for (const LogReader& reader : readers_) {
    log::warning("log_held", {{"reader", name_of(reader)}, {"seconds", std::to_string(seconds)}});
  }
}

}  // namespace portal
