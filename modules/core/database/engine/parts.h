// The parts of a Database.
#pragma once

#include <atomic>
#include <cstdint>

#include "core/database/database.h"
#include "core/database/engine/engine.h"
#include "core/database/engine/session_pool.h"

namespace portal {

struct Database::Parts {
  Parts(std::unique_ptr<Engine> engine_to_use, int most)
      : engine(std::move(engine_to_use)), sessions(*engine, most) {}
  std::unique_ptr<Engine> engine;
  SessionPool sessions;
  // Database::Statistics
  std::atomic<std::uint64_t> unavailable = 0;
  std::atomic<std::uint64_t> refused = 0;
  std::atomic<std::uint64_t> conflicts = 0;
  std::atomic<std::uint64_t> lost = 0;
};

}  // namespace portal
