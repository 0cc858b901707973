// Table throttle: how often something was tried, shared by all nodes.
//
// A try is counted before its outcome is known, so that tries at the same time cannot be more than
// there may be; success forgets them.
#pragma once

#include <string_view>

#include "core/base/clock.h"

namespace portal {

class Connection;

// The first `free` tries of a window cost nothing; each further one makes the next wait twice as
// long, beginning with one second; from the try number `most` on it is `pause` seconds. The window
// begins with the first try and is forgotten after `window` seconds.
struct ThrottlePolicy {
  int free;
  int most;
  EpochSeconds pause;
  EpochSeconds window;
};

class Throttles {
 public:
  explicit Throttles(Connection& connection) : connection_(connection) {}

  struct Taken {
    EpochSeconds wait;  // seconds until the next try may be made; 0: this one is counted, go ahead
    int tries;          // counted in this window, this one included
  };
  Taken take(std::string_view key, EpochSeconds now, const ThrottlePolicy& policy);
  void forget(std::string_view key);
  // All keys that begin with `prefix`: `portalctl account unlock`. How many.
  int forget_all(std::string_view prefix);
  int purge(EpochSeconds first_before, int most);

 private:
  Connection& connection_;
};

}  // namespace portal
