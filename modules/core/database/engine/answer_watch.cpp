#include "core/database/engine/answer_watch.h"

#include <poll.h>
#include <sys/socket.h>

#include <csignal>

namespace portal {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kNever = Clock::time_point::max();
constexpr auto kPeriod = std::chrono::seconds(1);

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
    : watch_(watch), socket_(socket), due_(kNever) {
  watch_.add(*this);
}

AnswerWatch::Line::~Line() {
  watch_.remove(*this);
}

bool AnswerWatch::Line::cut() const {
  pollfd state = {socket_, POLLRDHUP, 0};
  return poll(&state, 1, 0) != 0;
}

AnswerWatch::Asking::Asking(Line* line) : line_(line) {
  if (line_ != nullptr && line_->limited_) line_->due_ = Clock::now() + line_->watch_.limit_;
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
    const auto now = Clock::now();
    for (Line* line : lines_) {
      if (line->due_.load() < now) shutdown(line->socket_, SHUT_RDWR);
    }
  }
}

}  // namespace portal
