#include "core/base/activity.h"

namespace portal {
namespace {

// The word that others see: progress in the upper bits, then 16 bits for the bound, 8 for the kind.
constexpr unsigned kBoundAt = 8;
constexpr unsigned kProgressAt = 24;

// Both need neither a guard nor a destructor, so that even the last destructors may use them.
thread_local constinit Activity own;
thread_local constinit Activity* taken = nullptr;

}  // namespace

Activity& Activity::here() {
  return taken == nullptr ? own : *taken;
}

void Activity::take_thread() {
  taken = this;
}

void Activity::enter(Kind kind, Bound bound) {
  const auto now = Clock::now();
  spent_.at(index(kind_)) += now - since_;
  since_ = now;
  kind_ = kind;
  bound_ = bound;
  ++progress_;
  seen_.store(progress_ << kProgressAt | static_cast<std::uint64_t>(bound.count()) << kBoundAt |
                  static_cast<std::uint64_t>(kind),
              std::memory_order_relaxed);
}

void Activity::begin_request(std::string_view id) {
  {
    const std::lock_guard lock(mutex_);
    request_size_ = id.copy(request_.data(), request_.size());
  }
  spent_ = {};
  since_ = Clock::now();
}

Activity::Sight Activity::look() const {
  const std::uint64_t word = seen_.load(std::memory_order_relaxed);
  return {word >> kProgressAt, Bound(word >> kBoundAt & 0xffffU), static_cast<Kind>(word & 0xffU)};
}

std::string Activity::request_seen_from_outside() const {
  const std::lock_guard lock(mutex_);
  return {request_.data(), request_size_};
}

std::string_view name_of(Activity::Kind kind) {
  switch (kind) {
    case Activity::Kind::kOther:
      return "other";
    case Activity::Kind::kDatabase:
      return "db";
    case Activity::Kind::kLock:
      return "lock";
    case Activity::Kind::kHashWait:
      return "hash_wait";
    case Activity::Kind::kHash:
      return "hash";
    case Activity::Kind::kRender:
      return "render";
  }
  return "other";
}

}  // namespace portal
