// The parts of a Database.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>

#include "core/database/database.h"
#include "core/database/engine/engine.h"
#include "core/database/engine/server_clock.h"
#include "core/database/engine/session_pool.h"

namespace portal {

// The last answer of Database::check_writing().
struct WriteCheck {
  std::mutex mutex;
  std::optional<std::chrono::steady_clock::time_point> begun;  // nothing: nobody has asked yet
  Result<Done> answer = Done{};
};

// The version of the schema, as it was found last.
struct SchemaLook {
  std::atomic<std::chrono::steady_clock::time_point> due = {};  // for the next look
  std::atomic<std::int64_t> version = 0;
};

struct Database::Parts {
  Parts(std::unique_ptr<Engine> engine_to_use, int most, SchemaRange range)
      : engine(std::move(engine_to_use)), sessions(*engine, most), schema(range) {}
  std::unique_ptr<Engine> engine;
  SessionPool sessions;
  const SchemaRange schema;
  SchemaLook schema_look;
  // Database::Statistics
  std::atomic<std::uint64_t> unavailable = 0;
  std::atomic<std::uint64_t> refused = 0;
  std::atomic<std::uint64_t> conflicts = 0;
  std::atomic<std::uint64_t> lost = 0;
  WriteCheck write_check;
  ServerClock clock;
};

}  // namespace portal
