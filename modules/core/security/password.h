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

// All threads may share one object.
class PasswordHasher {
 public:
  // memory_kib and iterations are the settings password.* (at least 8 and 1). At most `at_once`
  // hashes run at the same time in this process (one for each core, at least 1); other callers
  // wait, and the first to come is served first. The constructor hashes nothing and allocates no
  // memory for it.
  PasswordHasher(std::int64_t memory_kib, std::int64_t iterations, unsigned at_once);
  // Uses the settings password.*, and as many hashes at the same time as there are cores.
  explicit PasswordHasher(const Settings& settings);
  ~PasswordHasher();

  // Hashes the whole password, whatever its length, and never normalises it. Throws std::bad_alloc
  // if there is not enough memory.
  std::string hash(std::string_view password);

  // If `encoded` is empty, foreign, broken or too costly (see kMostMemoryKib), returns false after
  // the work of one hash at the configured cost, so that the time tells nothing. A valid hash takes
  // the cost that it names, which may be more or less than configured. Throws std::bad_alloc if
  // there is not enough memory, because this does not mean that the password is wrong.
  bool verify(std::string_view encoded, std::string_view password);

  // True if the cost in `encoded` is not the configured one, or cannot be read.
  bool needs_rehash(std::string_view encoded) const;

  unsigned at_once() const;
  HashingLoad load() const;

  // Gives the memory of slots that have not been used for this long back to the system.
  void release_idle(std::chrono::seconds unused_for = std::chrono::seconds(5));

  // The highest cost that a stored hash may have, unless more is configured: 1 GiB, 100 passes.
  static constexpr std::int64_t kMostMemoryKib = 1048576;
  static constexpr std::int64_t kMostIterations = 100;

 private:
  bool acceptable(std::string_view encoded) const;

  std::int64_t memory_kib_;
  std::int64_t iterations_;
  std::unique_ptr<HashingSlots> slots_;
  std::string decoy_;  // the hash that verify() computes if there is no account
};

}  // namespace portal
