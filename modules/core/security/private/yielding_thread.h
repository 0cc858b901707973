// A YieldingThread does one piece of work at a time for its callers, and gives way to whatever else
// the processors have to do (nice(2), and an offer each millisecond: processor_offer.h). What is
// done before and after it stays on the caller's thread, which does not give way: above all a
// transaction, for whose end others wait.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace portal {

class YieldingThread {
 public:
  // A thread of the usual niceness gets three times as much of a processor that both want. With 10
  // hashing nearly stood still while other programs used all processors.
  static constexpr int kNiceness = 5;

  YieldingThread() = default;
  YieldingThread(const YieldingThread&) = delete;
  YieldingThread& operator=(const YieldingThread&) = delete;
  ~YieldingThread();

  // Returns when `work` is done. `work` must not throw. One caller at a time. The thread begins
  // with the first work; if the system has none to give, the caller does the work by itself.
  void run(const std::function<void()>& work);

 private:
  bool start();
  void serve();

  // Each has one waiter, and is notified without the lock: so a hash costs about four system calls
  // here.
  std::mutex mutex_;
  std::condition_variable has_work_;
  std::condition_variable is_done_;
  const std::function<void()>* work_ = nullptr;  // null: nothing to do, or it is done
  bool ends_ = false;
  std::thread thread_;
};

}  // namespace portal
