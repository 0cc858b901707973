// Passwords: Argon2id (RFC 9106) in the standard encoded form, $argon2id$v=19$m=…,t=…,p=1$…
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace portal {

class PasswordHasher {
 public:
  // memory_kib, iterations: the settings password.*. `at_once`: how many hashes may run at the same
  // time in this process (one a core); others wait for their turn, first come first served.
  PasswordHasher(std::int64_t memory_kib, std::int64_t iterations, unsigned at_once);
  ~PasswordHasher();

  // Throws std::bad_alloc if the memory cannot be had.
  std::string hash(std::string_view password);

  // With an empty or foreign `encoded`, false after the same work (no answer by timing).
  bool verify(std::string_view encoded, std::string_view password);

  // The encoded cost is not the configured one.
  bool needs_rehash(std::string_view encoded) const;

  // How many callers wait for their turn.
  unsigned waiting() const;

  // Gives the memory of slots not used for some seconds back to the system.
  void release_idle();

 private:
  struct Slots;
  std::unique_ptr<Slots> slots_;
  std::int64_t memory_kib_;
  std::int64_t iterations_;
  std::string decoy_;  // what verify works on when there is no account
};

}  // namespace portal
