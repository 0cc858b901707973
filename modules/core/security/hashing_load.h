// The load of a process by the hashing of passwords.
#pragma once

#include <chrono>
#include <cstdint>

namespace portal {

struct HashingLoad {
  unsigned running = 0;
  unsigned waiting = 0;               // callers that wait for their turn
  std::uint64_t begun = 0;            // hashes since the start
  std::chrono::nanoseconds waited{};  // the time that all callers have waited together
  std::uint64_t sent_away = 0;        // requests that would have waited too long, since the start
};

}  // namespace portal
