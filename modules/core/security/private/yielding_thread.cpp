#include "core/security/private/yielding_thread.h"

#include <pthread.h>
#include <sys/resource.h>

#include <system_error>

namespace portal {

void YieldingThread::run(const std::function<void()>& work) {
  if (!start()) return work();
  std::unique_lock lock(mutex_);
  work_ = &work;
  changed_.notify_all();
  changed_.wait(lock, [this] { return work_ == nullptr; });
}

bool YieldingThread::start() {
  if (thread_.joinable()) return true;
  try {
    thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

void YieldingThread::serve(const std::stop_token& stop) {
  ::pthread_setname_np(::pthread_self(), "hash");
  // On Linux a niceness is one thread's (setpriority(2), "C library/kernel differences"). Where it
  // is forbidden, hashing only gives way less.
  if (::getpriority(PRIO_PROCESS, 0) < kNiceness) ::setpriority(PRIO_PROCESS, 0, kNiceness);
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [this] { return work_ != nullptr; })) {
    const auto& work = *work_;
    lock.unlock();
    work();
    lock.lock();
    work_ = nullptr;
    changed_.notify_all();
  }
}

}  // namespace portal
