// Table throttle: counts how often something was tried, for all nodes together.
//
// A try is counted before its outcome is known, so that simultaneous tries cannot exceed a limit. A
// success gives back its own try and no other: who guesses gains nothing by right tries in between.
// The keys and policies stand in core/registration/policy.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/registration/policy.h"

namespace portal {

class Connection;

class Throttles {
 public:
  explicit Throttles(Connection& connection) : connection_(connection) {}

  struct Taken {
    EpochSeconds wait;  // seconds until the next try is allowed; 0 if this one is
    int tries;          // the number of tries in this window, including this one
  };
  Taken take(std::string_view key, EpochSeconds now, const ThrottlePolicy& policy);
  // Counts a try of the key that the table of throttles makes of `name`, by its policy.
  Taken take(Throttle throttle, std::string_view name, EpochSeconds now);
  Taken take(std::string_view key, EpochSeconds now, const Limit& limit);
  // Returns the seconds until one more is allowed, or 0 if this one is allowed and counted.
  EpochSeconds count(std::string_view key, EpochSeconds now, const Limit& limit);
  EpochSeconds count(Throttle throttle, std::string_view name, EpochSeconds now);

  // A key and how often: by `limit`, or, if it has no window, by `policy`.
  struct Counted {
    std::string key;
    Limit limit;
    ThrottlePolicy policy = {};
  };
  struct Full {
    std::size_t which;  // the index of the first key that is full
    EpochSeconds wait;  // seconds until one more is allowed for it
  };
  struct Claim {
    std::vector<int> tries;    // the number of tries of each key, including this one
    std::optional<Full> full;  // then nothing is counted
  };
  // Counts one under each key, or under none if one of them is full. Always give keys of the same
  // kinds in the same order, because the rows are locked in this order.
  Claim claim(std::span<const Counted> keys, EpochSeconds now);
  std::optional<Full> count_all(std::span<const Counted> keys, EpochSeconds now) {
    return claim(keys, now).full;
  }

  // What count_all() would return; counts and locks nothing.
  std::optional<Full> look(std::span<const Counted> keys, EpochSeconds now);

  struct Over {
    std::string name;  // what follows the prefix of the key
    std::int64_t tries = 0;
  };
  // The keys of the throttle that have more than `limit` in the window of `now`, those with the
  // most first.
  std::vector<Over> over(Throttle throttle, const Limit& limit, EpochSeconds now, int most);

  // Until when a key that begins with `prefix`, as in forget_all(), has to wait: the longest of
  // them. 0: none has.
  EpochSeconds blocked_until(std::string_view prefix);

  // Gives back a try that take() or count() has counted at `taken_at`, in this transaction or an
  // earlier one. If that was the last try, or no more than `free` remain, the wait ends too. Does
  // nothing if the window is over.
  void give_back(std::string_view key, EpochSeconds taken_at, int number = 0, int free = 0);

  // Locks a key: nobody else passes this call for the key before this transaction ends.
  void lock(std::string_view key);
  void forget(std::string_view key);
  // Forgets all keys that begin with `prefix`, for `portalctl account unlock`. Returns their
  // number. The prefix ends with an ASCII character, such as that of throttle_keys().
  int forget_all(std::string_view prefix);
  int purge(EpochSeconds first_before, int most);

 private:
  Connection& connection_;
};

}  // namespace portal
