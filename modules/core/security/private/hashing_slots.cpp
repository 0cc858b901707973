#include "core/security/private/hashing_slots.h"

#include <cassert>

#include "core/base/activity.h"

namespace portal {

HashingSlots::HashingSlots(unsigned count, std::size_t memory_size) {
  assert(count > 0);
  free_.reserve(count);
  for (unsigned i = 0; i < count; ++i) free_.push_back(&slots_.emplace_back(memory_size));
}

HashingSlots::Slot& HashingSlots::take() {
  std::unique_lock lock(mutex_);
  ++begun_;
  if (!free_.empty()) {
    Slot& slot = *free_.back();
    free_.pop_back();
    return slot;
  }
  // The queue may be long, and the watchdog sees those that hash.
  const Phase phase(Activity::Kind::kHashWait, Activity::kUnlimited);
  const auto start = std::chrono::steady_clock::now();
  Waiter waiter;
  queue_.push_back(&waiter);
  waiter.called.wait(lock, [&] { return waiter.slot != nullptr; });
  waited_ += std::chrono::steady_clock::now() - start;
  return *waiter.slot;
}

// Gives the slot to the caller that has waited longest, so that no new caller can take it first.
void HashingSlots::leave(Slot& slot) noexcept {
  const std::lock_guard lock(mutex_);
  slot.last_used = std::chrono::steady_clock::now();
  if (queue_.empty()) {
    free_.push_back(&slot);
    return;
  }
  Waiter& waiter = *queue_.front();
  queue_.pop_front();
  waiter.slot = &slot;
  waiter.called.notify_one();  // under the lock, because afterwards the waiter may have ended
}

HashingLoad HashingSlots::load() const {
  const std::lock_guard lock(mutex_);
  return {.running = static_cast<unsigned>(slots_.size() - free_.size()),
          .waiting = static_cast<unsigned>(queue_.size()),
          .begun = begun_ - queue_.size(),
          .waited = waited_};
}

void HashingSlots::release_idle(std::chrono::steady_clock::duration unused_for) {
  const auto now = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  for (Slot* const slot : free_) {
    if (now - slot->last_used >= unused_for) slot->memory.release();
  }
}

}  // namespace portal
