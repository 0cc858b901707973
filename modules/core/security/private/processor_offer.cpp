#include "core/security/private/processor_offer.h"

#include <sched.h>
#include <unistd.h>

#include <csignal>
#include <ctime>

namespace portal {
namespace {

using std::chrono::nanoseconds;

constexpr nanoseconds kEvery{1'000'000};
// Less than kEvery, because a timer may be early or late by a little.
constexpr nanoseconds kComputed = kEvery * 3 / 4;

int signal_of_offers() {
  return SIGRTMIN;
}

// Which this thread has used so far.
nanoseconds processor_time() {
  timespec used = {};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return std::chrono::seconds(used.tv_sec) + nanoseconds(used.tv_nsec);
}

void set(const std::optional<timer_t>& timer, nanoseconds every) {
  const itimerspec times = {{0, every.count()}, {0, every.count()}};
  if (timer) ::timer_settime(*timer, 0, &times, nullptr);
}

}  // namespace

static_assert(std::atomic<std::uint64_t>::is_always_lock_free, "a signal may come at any time");

void ProcessorOffer::offer(int, siginfo_t* info, void*) {
  ProcessorOffer& own = *static_cast<ProcessorOffer*>(info->si_value.sival_ptr);
  const auto used = processor_time();
  if (used - own.offered_at_ < kComputed) return;
  own.offered_at_ = used;
  own.count_.fetch_add(1);
  ::sched_yield();
}

// For the whole process, and on this thread alone.
void ProcessorOffer::take_signal() {
  struct sigaction action = {};
  action.sa_sigaction = offer;
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  ::sigaction(signal_of_offers(), &action, nullptr);
  sigset_t signals;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, signal_of_offers());
  ::pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

ProcessorOffer::ProcessorOffer() : offered_at_(processor_time()) {
  take_signal();
  sigevent event = {};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = signal_of_offers();
  event.sigev_value.sival_ptr = this;
  event._sigev_un._tid = ::gettid();  // glibc has no other name for it before 2.41
  timer_t timer = {};
  if (::timer_create(CLOCK_MONOTONIC, &event, &timer) == 0) timer_ = timer;
}

ProcessorOffer::~ProcessorOffer() {
  if (timer_) ::timer_delete(*timer_);
}

void ProcessorOffer::begin() {
  set(timer_, kEvery);
}

void ProcessorOffer::end() {
  set(timer_, nanoseconds::zero());
}

}  // namespace portal
