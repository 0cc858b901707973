#include "core/security/private/processor_offer.h"

#include <sched.h>
#include <unistd.h>

#include <csignal>
#include <ctime>

namespace portal {
namespace {

constexpr long kEvery = 1'000'000;  // nanoseconds

int signal_of_offers() {
  return SIGRTMIN;
}

// Runs on the thread that computes, between two of its instructions.
void offer(int, siginfo_t* info, void*) {
  static_cast<std::atomic<std::uint64_t>*>(info->si_value.sival_ptr)->fetch_add(1);
  ::sched_yield();
}
static_assert(std::atomic<std::uint64_t>::is_always_lock_free, "a signal may come at any time");

// For the whole process, and on this thread alone.
void take_signal() {
  struct sigaction action = {};
  action.sa_sigaction = offer;
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  ::sigaction(signal_of_offers(), &action, nullptr);
  sigset_t signals;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, signal_of_offers());
  ::pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

void set(const std::optional<timer_t>& timer, long every) {
  const itimerspec times = {{0, every}, {0, every}};
  if (timer) ::timer_settime(*timer, 0, &times, nullptr);
}

}  // namespace

ProcessorOffer::ProcessorOffer() {
  take_signal();
  sigevent event = {};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = signal_of_offers();
  event.sigev_value.sival_ptr = &count_;
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
  set(timer_, 0);
}

}  // namespace portal
