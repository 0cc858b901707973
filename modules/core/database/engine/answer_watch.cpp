#include "core/database/engine/answer_watch.h"

#include <poll.h>
#include <sys/socket.h>

#include <csignal>

namespace portal {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kNever = Clock::time_point::max();
constexpr auto kPeriod = std::chrono::milliseconds(500);

// Blocks signals for the watching thread: the program's own threads handle them.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_ = {};
};

}  // namespace

AnswerWatch::Line::Line(AnswerWatch& watch, int socket)
    : watch_(watch), socket_(socket), opened_(Clock::now()), asked_(kNever), due_(kNever) {
  watch_.add(*this);
}

AnswerWatch::Line::~Line() {
  watch_.remove(*this);
}

bool AnswerWatch::Line::cut() const {
  pollfd state = {socket_, POLLRDHUP, 0};
  return poll(&state, 1, 0) != 0;
}

void AnswerWatch::Line::shut() const {
  shutdown(socket_, SHUT_RDWR);
}

// Only if a statement runs, and is due later.
void AnswerWatch::Line::hurry(Time due) {
  Time now_due = due_;
  while (now_due != kNever && due < now_due && !due_.compare_exchange_weak(now_due, due)) {
  }
}

// How long a statement may last for the program's watchdog: after the limit, look() ends it here.
Activity::Bound AnswerWatch::Asking::bound_of(const Line* line, Limit limit) {
  if (line == nullptr) return Activity::kDisk;
  if (!line->limited_) return Activity::kUnlimited;
  const auto longest = limit.value_or(line->watch_.limit_) + kPeriod;
  return std::chrono::ceil<Activity::Bound>(longest) + Activity::kMargin;
}

AnswerWatch::Asking::Asking(Line* line, Limit limit)
    : phase_(Activity::Kind::kDatabase, bound_of(line, limit)), line_(line) {
  if (line_ == nullptr || !line_->limited_) return;
  const auto now = Clock::now();
  line_->asked_ = now;
  line_->due_ = now + limit.value_or(line_->watch_.limit_);
}

AnswerWatch::Asking::~Asking() {
  if (line_ != nullptr) line_->due_ = kNever;
}

void AnswerWatch::add(Line& line) {
  const std::lock_guard lock(mutex_);
  lines_.insert(&line);
  if (thread_.joinable()) return;
  const SignalsBlocked blocked;
  thread_ = std::jthread([this](const std::stop_token& stop) { look(stop); });
}

void AnswerWatch::remove(Line& line) {
  const std::lock_guard lock(mutex_);
  lines_.erase(&line);
}

void AnswerWatch::look(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    stopped_.wait_for(lock, stop, kPeriod, [] { return false; });
    end_overdue(Clock::now());
  }
}

void AnswerWatch::end_overdue(Time now) {
  for (const Line* silent : lines_) {
    if (silent->due_.load() >= now) continue;
    silent->shut();
    for (Line* line : lines_) {
      // A session that was opened since may lead to another server, after a failover.
      if (line->opened_ < silent->asked_.load()) line->hurry(now + kProbe);
    }
  }
}

}  // namespace portal
