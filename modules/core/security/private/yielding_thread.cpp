#include "core/security/private/yielding_thread.h"

#include <pthread.h>
#include <sys/resource.h>

#include <system_error>

#include "core/security/private/processor_offer.h"

namespace portal {

YieldingThread::~YieldingThread() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  has_work_.notify_one();
  thread_.join();
}

void YieldingThread::run(const std::function<void()>& work) {
  if (!start()) return work();
  std::unique_lock lock(mutex_);
  work_ = &work;
  lock.unlock();
  has_work_.notify_one();
  lock.lock();
  is_done_.wait(lock, [this] { return work_ == nullptr; });
}

bool YieldingThread::start() {
  if (thread_.joinable()) return true;
  try {
    thread_ = std::thread(&YieldingThread::serve, this);
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

void YieldingThread::serve() {
  ::pthread_setname_np(::pthread_self(), "hash");
  // On Linux a niceness is one thread's (setpriority(2), "C library/kernel differences"). Where it
  // is forbidden, hashing only gives way less.
  if (::getpriority(PRIO_PROCESS, 0) < kNiceness) ::setpriority(PRIO_PROCESS, 0, kNiceness);
  ProcessorOffer offer;
  std::unique_lock lock(mutex_);
  for (;;) {
    has_work_.wait(lock, [this] { return work_ != nullptr || ends_; });
    if (ends_) return;
    const auto& work = *work_;
    lock.unlock();
    offer.begin();
    work();
    offer.end();
    lock.lock();
    work_ = nullptr;
    lock.unlock();
    is_done_.notify_one();
    lock.lock();
  }
}

}  // namespace portal
