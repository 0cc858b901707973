// What a responder counts of its requests. On every request's path: three atomic operations and the
// histogram's, no look-up that takes a lock.
#pragma once

#include <chrono>
#include <map>

#include "core/metrics/registry.h"
#include "core/security/hashing_load.h"

namespace portal {

class RequestMetrics {
 public:
  // The registry lives longer. `threads`: how many requests there may be at the same time.
  RequestMetrics(metrics::Registry& registry, int threads);

  // By any thread.
  void began();
  void ended(int status, std::chrono::steady_clock::duration passed);

  // How many requests came from clients that a trusted proxy named unreadably; by one thread.
  void unknown_clients(std::uint64_t count);

  // Of a step that hashes; by one thread.
  void hashing(const HashingLoad& load);

 private:
  metrics::Registry& registry_;
  // Made once with all that a responder answers, and never changed: threads read it without a lock.
  std::map<int, metrics::Counter> by_status_;
  metrics::Counter other_status_;
  metrics::Histogram duration_;
  metrics::Gauge in_flight_;
};

}  // namespace portal
