// Places are what requests need that take long: there are fewer places than threads, so that all
// other requests are answered at once, however many people press OK at the same time.
//
// A request that needs a place gets one, waits for one in a queue (which occupies no thread, and
// leaves nobody unseen in the listening socket's backlog), or is refused at once, because its turn
// would come too late. Who is refused is told when to come again: to each another time, as many
// within a second as the places can serve. Who comes again may wait a little longer than others, so
// the places fill up with those first. Refusing takes time, too: a storm of those who come again at
// once is answered a second later, so that the places have the processors.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "core/base/descriptor.h"
#include "core/fastcgi/server.h"

namespace portal::fastcgi {

// Any number of threads may call everything.
class Places {
 public:
  using Clock = std::chrono::steady_clock;

  enum class Need {
    kThread,      // no place
    kPlace,       // it takes long
    kPlaceAgain,  // it takes long, and comes again because it was refused
  };

  struct Rules {
    std::function<Need(const Exchange&)> need;
    int count = 1;
    // How long after its coming a request may be answered, as it is foreseen. The second is for
    // those that come again; a request that has waited so long and whose turn has not come is
    // refused after all.
    std::chrono::milliseconds patience{2000};
    std::chrono::milliseconds patience_again{2500};
  };

  explicit Places(Rules rules) : rules_(std::move(rules)) {}

  struct Load {
    unsigned waiting = 0;
    std::uint64_t refused = 0;          // since the start
    std::chrono::nanoseconds waited{};  // the time that all requests have waited together
  };
  Load load() const;

  // --- For serve() alone

  // A request with its connection.
  struct Guest {
    Descriptor connection;
    std::size_t request = 0;  // its id on the connection
    Exchange exchange;
    Clock::time_point came;
  };

  int count() const { return rules_.count; }
  Need need(const Exchange& exchange) const { return rules_.need(exchange); }

  // Returns the guest to be answered now: refused if Exchange::come_again is set, otherwise it has
  // a place. Nothing: it waits, for a place or for its refusal.
  std::optional<Guest> enter(Guest guest, Need need, Clock::time_point now);

  // A guest has had a place since `began`, and leaves it. Returns the next one, who has it now.
  std::optional<Guest> next(Clock::time_point began, Clock::time_point now);

  // Returns a guest who is to be refused now: who has waited too long, or is one of a storm.
  std::optional<Guest> overdue(Clock::time_point now);

  // How long it takes until overdue() has one. Nothing: nobody waits.
  std::optional<Clock::duration> until_overdue(Clock::time_point now) const;

 private:
  // One of a storm, and when it is refused.
  struct Refused {
    Guest guest;
    Clock::time_point due;
  };

  Clock::duration pace(Clock::time_point now) const;
  Clock::duration usual_pace() const;
  std::chrono::seconds promise(Clock::time_point now);
  Clock::time_point refusal(Clock::time_point now);
  Guest pop(Clock::time_point now);

  const Rules rules_;
  mutable std::mutex mutex_;
  std::deque<Guest> queue_;               // the first to come is in front
  std::vector<Clock::time_point> taken_;  // since when each taken place is
  Clock::duration mean_{};                // how long a guest has a place, of late
  std::uint64_t left_ = 0;                // how many have
  Clock::time_point promised_;            // to the last of those who are to come again
  std::deque<Refused> storm_;             // in the order of their time
  Clock::time_point even_;                // when the last refusal of a storm without a pause is due
  std::uint64_t refused_ = 0;
  Clock::duration waited_{};
};

}  // namespace portal::fastcgi
