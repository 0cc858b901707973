// Passwords: Argon2id (RFC 9106) in the standard encoded form, $argon2id$v=19$m=…,t=…,p=1$…
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/settings.h"
#include "core/security/hashing_load.h"

namespace portal {

class HashingSlots;

// All threads may share one.
class PasswordHasher {
 public:
  // memory_kib, iterations: the settings password.* (at least 8 and 1). `at_once`: how many hashes
  // may run at the same time in this process (one a core, at least 1); others wait for their turn,
  // first come first served. It hashes nothing and takes no memory yet.
  PasswordHasher(std::int64_t memory_kib, std::int64_t iterations, unsigned at_once);
  // By password.*, as many at a time as there are cores.
  explicit PasswordHasher(const Settings& settings);
  ~PasswordHasher();

  // Of the whole password, whatever its length; never normalised.
  // Throws std::bad_alloc if the memory cannot be had.
  std::string hash(std::string_view password);

  // With an empty, foreign or broken `encoded`, or one of absurd cost (see kMostMemoryKib), false
  // after the work of a hash at the configured cost (no answer by timing). A sound one costs what
  // it says itself, be it more or less than configured.
  // Throws std::bad_alloc if the memory cannot be had: that is no wrong password.
  bool verify(std::string_view encoded, std::string_view password);

  // The encoded cost is not the configured one, or it cannot be read.
  bool needs_rehash(std::string_view encoded) const;

  HashingLoad load() const;

  // Gives the memory of slots not used for that long back to the system.
  void release_idle(std::chrono::seconds unused_for = std::chrono::seconds(5));

  // What a stored hash may cost at most, unless more is configured: 1 GiB, 100 passes.
  static constexpr std::int64_t kMostMemoryKib = 1048576;
  static constexpr std::int64_t kMostIterations = 100;

 private:
  bool acceptable(std::string_view encoded) const;

  std::int64_t memory_kib_;
  std::int64_t iterations_;
  std::unique_ptr<HashingSlots> slots_;
  std::string decoy_;  // what verify works on when there is no account
};

}  // namespace portal
