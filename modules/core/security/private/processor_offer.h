// A thread that computes offers its processor to others, every millisecond.
//
// Who wakes up while all processors compute waits for the kernel's next tick if it does not put the
// running thread off at once: up to 4 ms at 250 Hz, however nice the running thread is. A request
// wakes several processes, one after the other, so beside two threads that hash, the slowest of a
// hundred answers took 5 ms longer. With the offer it takes 2 ms longer, and a hash costs one or
// two hundredths more (tests/load/README.md).
//
// Only who has computed since the last offer makes another one. Otherwise a thread that had to wait
// for its processor would give it away as soon as it gets it, and a hash beside other programs that
// compute would take seconds.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <optional>

namespace portal {

// One thread makes, uses and ends it: the one whose processor is offered.
class ProcessorOffer {
 public:
  // A system that has no timer to give offers nothing, and nothing else changes.
  ProcessorOffer();
  ~ProcessorOffer();
  ProcessorOffer(const ProcessorOffer&) = delete;
  ProcessorOffer& operator=(const ProcessorOffer&) = delete;

  void begin();
  void end();

  // How often it has been offered. Any thread may ask.
  std::uint64_t count() const { return count_; }

 private:
  // In the signal's handler, on the thread that computes, between two of its instructions.
  static void offer(int, siginfo_t* info, void*);
  void take_signal();

  std::atomic<std::uint64_t> count_ = 0;
  std::chrono::nanoseconds offered_at_{};  // the thread's own processor time
  std::optional<timer_t> timer_;
};

}  // namespace portal
