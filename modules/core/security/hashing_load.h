// How busy a process is with hashing passwords.
#pragma once

#include <chrono>
#include <cstdint>

namespace portal {

struct HashingLoad {
  unsigned running = 0;
  unsigned waiting = 0;               // for a slot
  std::uint64_t begun = 0;            // since the start
  std::chrono::nanoseconds waited{};  // by all of those together
};

}  // namespace portal
