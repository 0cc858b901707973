#include "core/responder/request_metrics.h"

#include <array>
#include <string>

#include "core/metrics/table.h"

namespace portal {
namespace {

// There from the start, with 0: so the first error can be seen to grow.
constexpr std::array kStatuses = {200, 302, 303, 304, 308, 400, 403, 404, 405,
                                  409, 410, 413, 415, 422, 429, 500, 503};

constexpr std::string_view kRequests = "portal_http_requests_total";

double seconds(std::chrono::nanoseconds time) {
  return std::chrono::duration<double>(time).count();
}

}  // namespace

RequestMetrics::RequestMetrics(metrics::Registry& registry, int threads)
    : registry_(registry),
      other_status_(registry.counter(kRequests, "other")),
      duration_(
          registry.histogram("portal_http_request_duration_seconds", metrics::request_bounds())),
      in_flight_(registry.gauge("portal_http_requests_in_flight")) {
  for (const int status : kStatuses) {
    by_status_.emplace(status, registry.counter(kRequests, std::to_string(status)));
  }
  registry.gauge("portal_http_threads").set(threads);
}

void RequestMetrics::began() {
  in_flight_.add(1);
}

void RequestMetrics::ended(int status, std::chrono::steady_clock::duration passed) {
  const auto found = by_status_.find(status);
  (found == by_status_.end() ? other_status_ : found->second).add();
  duration_.observe(seconds(passed));
  in_flight_.add(-1);
}

void RequestMetrics::unknown_clients(std::uint64_t count) {
  registry_.counter("portal_http_clients_unreadable_total").raise_to(static_cast<double>(count));
}

void RequestMetrics::hashing(const HashingLoad& load) {
  registry_.gauge("portal_password_hashes_running").set(load.running);
  registry_.gauge("portal_password_hashes_waiting").set(load.waiting);
  registry_.counter("portal_password_hashes_total").raise_to(static_cast<double>(load.begun));
  registry_.counter("portal_password_hashes_sent_away_total")
      .raise_to(static_cast<double>(load.sent_away));
  registry_.counter("portal_password_hash_wait_seconds_total").raise_to(seconds(load.waited));
}

}  // namespace portal
