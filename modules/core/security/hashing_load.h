// The load of a process by the hashing of passwords.
#pragma once

#include <chrono>
#include <cstdint>

namespace portal {

struct HashingLoad {
  unsigned running = 0;
  unsigned waiting = 0;               // callers that wait for a slot
  std::uint64_t begun = 0;            // hashes since the start
  std::chrono::nanoseconds waited{};  // the time that all callers have waited together
};

}  // namespace portal
