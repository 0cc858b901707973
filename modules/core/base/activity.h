// What a thread is doing, and how long each kind of it has taken since the request in hand began.
//
// Code that waits, or that may take long, says so with a Phase. Two readers need it: the line of
// the log that each request writes (where did the time go?), and the watchdog
// (core/base/watchdog.h), for which a thread that stays in one phase for longer than the phase may
// last is stuck. Each time a phase begins or ends, and each beat(), is progress.
//
// A phase costs two readings of the monotonic clock and two stores of a word, together about 60 ns;
// it allocates nothing and takes no lock.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace portal {

class Activity {
 public:
  using Clock = std::chrono::steady_clock;

  // Phases may lie within each other; the time counts for the innermost one only.
  enum class Kind : std::uint8_t {
    kOther,     // computes, or waits for what has no kind of its own
    kDatabase,  // a statement is executed, or a session is opened
    kLock,      // waits for a lock of another transaction, or for a session of the pool
    kHashWait,  // waits until another hash has ended (core/security/password.h)
    kHash,      // hashes a password
    kRender,    // fills in a template
  };
  static constexpr std::size_t kKinds = 6;

  // How long a phase may last; zero: for ever.
  using Bound = std::chrono::seconds;
  static constexpr Bound kUnlimited{0};
  // What only computes. The slowest step needs some 20 ms for it.
  static constexpr Bound kComputing{4};
  // What waits for a disk, which may be slow without being broken; nobody waits longer for an
  // answer than this (conf/nginx/site.conf.in: fastcgi_read_timeout).
  static constexpr Bound kDisk{60};
  // Beside a time-out that is kept elsewhere, so that the watchdog never wins the race against it.
  static constexpr Bound kMargin{5};

  // The calling thread's own.
  static Activity& here();

  constexpr Activity() = default;
  Activity(const Activity&) = delete;
  Activity& operator=(const Activity&) = delete;

  // From now on, the calling thread's activity is this object, until it calls the same for another.
  void take_thread();

  // By the thread itself: it gets on, though the phase is the same.
  void beat() { enter(kind_, bound_); }

  // The times of the phases since the request began. By the thread itself.
  std::chrono::nanoseconds spent(Kind kind) const { return spent_.at(index(kind)); }

  // The id of the request in hand, or empty. By the thread itself.
  std::string_view request() const { return {request_.data(), request_size_}; }

  // What another thread sees.
  struct Sight {
    std::uint64_t progress = 0;  // grows with each phase
    Bound bound{0};
    Kind kind = Kind::kOther;
  };
  Sight look() const;
  std::string request_seen_from_outside() const;

 private:
  friend class Phase;
  friend class ForRequest;

  static constexpr std::size_t kRequestId = 32;  // digits: token.h

  static std::size_t index(Kind kind) { return static_cast<std::size_t>(kind); }
  void enter(Kind kind, Bound bound);
  void begin_request(std::string_view id);

  Kind kind_ = Kind::kOther;
  Bound bound_ = kUnlimited;
  Clock::time_point since_;
  std::array<std::chrono::nanoseconds, kKinds> spent_{};
  std::uint64_t progress_ = 0;
  std::atomic<std::uint64_t> seen_ = 0;  // progress, bound and kind in one word: look()
  mutable std::mutex mutex_;             // of the request's id, for those outside
  std::array<char, kRequestId> request_{};
  std::size_t request_size_ = 0;
};

std::string_view name_of(Activity::Kind kind);

// While it lives, the thread is in this phase; afterwards in the one before.
class Phase {
 public:
  explicit Phase(Activity::Kind kind, Activity::Bound bound = Activity::kComputing)
      : here_(Activity::here()), kind_(here_.kind_), bound_(here_.bound_) {
    here_.enter(kind, bound);
  }
  Phase(const Phase&) = delete;
  Phase& operator=(const Phase&) = delete;
  ~Phase() { here_.enter(kind_, bound_); }

 private:
  Activity& here_;
  const Activity::Kind kind_;
  const Activity::Bound bound_;
};

// While it lives, the thread works for this request: its lines of the log carry the id. The times
// begin at zero.
class ForRequest {
 public:
  explicit ForRequest(std::string_view id) { Activity::here().begin_request(id); }
  ForRequest(const ForRequest&) = delete;
  ForRequest& operator=(const ForRequest&) = delete;
  ~ForRequest() { Activity::here().begin_request(""); }
};

}  // namespace portal
