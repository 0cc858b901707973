// Table throttle: how often something was tried, shared by all nodes.
//
// A try is counted before its outcome is known, so that tries at the same time cannot be more than
// there may be; success forgets them. The keys and policies stand in core/registration/policy.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/registration/policy.h"

namespace portal {

class Connection;

class Throttles {
 public:
  explicit Throttles(Connection& connection) : connection_(connection) {}

  struct Taken {
    EpochSeconds wait;  // seconds until the next try may be made; 0: this one is counted, go ahead
    int tries;          // counted in this window, this one included
  };
  Taken take(std::string_view key, EpochSeconds now, const ThrottlePolicy& policy);
  // Of the key that the table of throttles makes of `name`, by its policy.
  Taken take(Throttle throttle, std::string_view name, EpochSeconds now);
  // Seconds until there is room for one more; 0: this one is counted, go ahead.
  EpochSeconds count(std::string_view key, EpochSeconds now, const Limit& limit);
  EpochSeconds count(Throttle throttle, std::string_view name, EpochSeconds now);

  struct Counted {
    std::string key;
    Limit limit;
  };
  struct Full {
    std::size_t which;  // of the keys: the first without room
    EpochSeconds wait;  // seconds until it has some
  };
  // One under each key, or, if one of them has no room, under none. Give keys of the same kinds in
  // the same order always: the rows are locked in it.
  std::optional<Full> count_all(std::span<const Counted> keys, EpochSeconds now);

  // Nobody else gets past this for that key before this transaction is over.
  void lock(std::string_view key);
  void forget(std::string_view key);
  // All keys that begin with `prefix`: `portalctl account unlock`. How many.
  int forget_all(std::string_view prefix);
  int purge(EpochSeconds first_before, int most);

 private:
  // What count() counted in this transaction.
  void take_back(std::string_view key);

  Connection& connection_;
};

}  // namespace portal
