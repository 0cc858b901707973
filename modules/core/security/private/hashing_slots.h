// Limits how many hashes run at the same time; the caller that came first is served first.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

#include "core/security/hashing_load.h"
#include "core/security/private/argon2_memory.h"
#include "core/security/private/yielding_thread.h"

namespace portal {

class HashingSlots {
  struct Slot {
    explicit Slot(std::size_t memory_size) : memory(memory_size) {}
    Argon2Memory memory;
    YieldingThread thread;
    std::chrono::steady_clock::time_point last_used;
  };

 public:
  // Makes `count` slots (at least one), each with warm memory for allocations of `memory_size`
  // bytes.
  HashingSlots(unsigned count, std::size_t memory_size);

  // The use of a slot. It ends when this object ends.
  class Turn {
   public:
    Turn(HashingSlots& slots, Slot& slot) : slots_(slots), slot_(slot) {}
    ~Turn() { slots_.leave(slot_); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

    Argon2Memory& memory() { return slot_.memory; }

    // Does `work` on the slot's own thread, and returns when it is done. `work` must not throw.
    void run(const std::function<void()>& work) { slot_.thread.run(work); }

   private:
    HashingSlots& slots_;
    Slot& slot_;
  };

  // Waits for a slot, behind all callers that wait already.
  Turn enter() { return {*this, take()}; }

  unsigned count() const { return static_cast<unsigned>(slots_.size()); }
  HashingLoad load() const;

  // Gives the memory of slots that have not been used for this long back to the system.
  void release_idle(std::chrono::steady_clock::duration unused_for);

 private:
  struct Waiter {
    std::condition_variable called;
    Slot* slot = nullptr;
  };

  Slot& take();
  void leave(Slot& slot) noexcept;

  mutable std::mutex mutex_;
  std::deque<Slot> slots_;
  std::vector<Slot*> free_;    // used from the end, so that the others become idle
  std::deque<Waiter*> queue_;  // the first to come is in front; empty while a slot is free
  std::uint64_t begun_ = 0;
  std::chrono::nanoseconds waited_{};
};

}  // namespace portal
