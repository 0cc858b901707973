#include "core/fastcgi/places.h"

#include <algorithm>

namespace portal::fastcgi {
namespace {

using Clock = Places::Clock;

// How long a guest has a place, before anybody has left one: a hash and a commit.
constexpr std::chrono::milliseconds kFirstGuess{30};
// Of how many the mean is, about.
constexpr std::uint64_t kRemembered = 16;
// As many as the backlog holds; each has a descriptor.
constexpr std::size_t kMostWaiting = 512;
constexpr std::chrono::seconds kSoonest{1};
// So many are refused at once, and then so many a second: each takes about 0.2 ms of the
// processors.
constexpr int kRefusedAtOnce = 512;
constexpr int kRefusedInASecond = 300;
constexpr std::chrono::seconds kLatestRefusal{1};
constexpr std::size_t kMostOfAStorm = 256;  // each has a descriptor
// The crowd may be gone by then; and if it is not, asking again costs little.
constexpr std::chrono::seconds kLatest{20};

}  // namespace

Places::Load Places::load() const {
  const std::lock_guard lock(mutex_);
  return {static_cast<unsigned>(queue_.size()), refused_, waited_};
}

// How long it takes from one guest who leaves to the next, when all places are taken. If the places
// stand still, those that are in them say so before anybody leaves.
Clock::duration Places::pace(Clock::time_point now) const {
  const auto youngest = std::ranges::max_element(taken_);
  const auto still = youngest == taken_.end() ? Clock::duration::zero() : now - *youngest;
  return std::max(usual_pace(), still / rules_.count);
}

Clock::duration Places::usual_pace() const {
  return (left_ == 0 ? Clock::duration(kFirstGuess) : mean_) / rules_.count;
}

// When the next one who is refused gets through. Behind all who wait, and behind those to whom a
// time was promised before. That the places stand still at this moment says nothing of later.
std::chrono::seconds Places::promise(Clock::time_point now) {
  ++refused_;
  const auto each = usual_pace();
  const auto free = now + each * static_cast<int>(queue_.size() + 1);
  promised_ = std::min(std::max(promised_, free) + each, now + kLatest);
  return std::max(kSoonest, std::chrono::ceil<std::chrono::seconds>(promised_ - now));
}

// When the next one is refused: now, as long as no storm has used up what may be refused at once
// (a leaky bucket).
Clock::time_point Places::refusal(Clock::time_point now) {
  constexpr Clock::duration kEach = Clock::duration(std::chrono::seconds(1)) / kRefusedInASecond;
  even_ = std::max(even_, now - kEach * kRefusedAtOnce) + kEach;
  even_ = std::min(even_, now + kLatestRefusal);
  return storm_.size() < kMostOfAStorm ? std::max(even_, now) : now;
}

std::optional<Places::Guest> Places::enter(Guest guest, Need need, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (taken_.size() < static_cast<std::size_t>(rules_.count)) {
    taken_.push_back(now);
    return guest;
  }
  const auto places = static_cast<int>(queue_.size()) + 1 + rules_.count;  // before its answer
  const auto patience = need == Need::kPlaceAgain ? rules_.patience_again : rules_.patience;
  if (queue_.size() >= kMostWaiting || pace(now) * places > patience) {
    guest.exchange.come_again = promise(now);
    const auto due = refusal(now);
    if (due <= now) return guest;
    storm_.push_back({std::move(guest), due});
    return std::nullopt;
  }
  queue_.push_back(std::move(guest));
  return std::nullopt;
}

std::optional<Places::Guest> Places::next(Clock::time_point began, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  taken_.erase(std::ranges::find(taken_, began));
  left_ = std::min(left_ + 1, kRemembered);
  mean_ += (now - began - mean_) / static_cast<int>(left_);
  if (queue_.empty()) return std::nullopt;
  taken_.push_back(now);
  return pop(now);
}

std::optional<Places::Guest> Places::overdue(Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (!storm_.empty() && storm_.front().due <= now) {
    Guest guest = std::move(storm_.front().guest);
    storm_.pop_front();
    return guest;
  }
  if (queue_.empty() || now < queue_.front().came + rules_.patience_again) return std::nullopt;
  Guest guest = pop(now);
  guest.exchange.come_again = promise(now);
  return guest;
}

std::optional<Clock::duration> Places::until_overdue(Clock::time_point now) const {
  const std::lock_guard lock(mutex_);
  if (queue_.empty() && storm_.empty()) return std::nullopt;
  auto at = Clock::time_point::max();
  if (!queue_.empty()) at = queue_.front().came + rules_.patience_again;
  if (!storm_.empty()) at = std::min(at, storm_.front().due);
  return std::max(at - now, Clock::duration::zero());
}

Places::Guest Places::pop(Clock::time_point now) {
  Guest guest = std::move(queue_.front());
  queue_.pop_front();
  guest.exchange.waited = now - guest.came;
  waited_ += guest.exchange.waited;
  return guest;
}

}  // namespace portal::fastcgi
