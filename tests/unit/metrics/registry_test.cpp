// The table of metrics, and the text that a registry makes of what was counted.
#include "core/metrics/registry.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <thread>

#include "core/metrics/table.h"

namespace portal::metrics {
namespace {

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

// https://prometheus.io/docs/practices/naming/; promtool checks more
// (tests/integration/metrics.sh).
TEST(Table, NamesAreThePortalsAndWhatOnlyGrowsIsATotal) {
  std::set<std::string_view> names;
  for (const Metric& metric : table()) {
    EXPECT_TRUE(names.insert(metric.name).second) << metric.name;
    EXPECT_TRUE(metric.name.starts_with("portal_")) << metric.name;
    EXPECT_EQ(metric.name.ends_with("_total"), metric.kind == Metric::Kind::kCounter)
        << metric.name;
    EXPECT_TRUE(metric.meaning.ends_with('.')) << metric.name;
  }
  for (const auto& bounds : {request_bounds(), delivery_bounds()}) {
    EXPECT_TRUE(std::ranges::is_sorted(bounds));
  }
}

TEST(Registry, TextHasEachSampleWithStepAndProcess) {
  Registry registry;
  registry.counter("portal_http_requests_total", "200").add();
  registry.counter("portal_http_requests_total", "200").add();
  registry.counter("portal_http_requests_total", "503").add();
  auto in_flight = registry.gauge("portal_http_requests_in_flight");
  in_flight.set(5);
  in_flight.add(-2);
  const std::string text = registry.text("form", "2");
  for (const char* line :
       {"# TYPE portal_http_requests_total counter",
        "portal_http_requests_total{status=\"200\",step=\"form\",process=\"2\"} 2",
        "portal_http_requests_total{status=\"503\",step=\"form\",process=\"2\"} 1",
        "# TYPE portal_http_requests_in_flight gauge",
        "portal_http_requests_in_flight{step=\"form\",process=\"2\"} 3"}) {
    EXPECT_TRUE(has_line(text, line)) << line << " is not in\n" << text;
  }
}

TEST(Registry, HistogramsCountWhatIsUpToEachBound) {
  Registry registry;
  auto histogram = registry.histogram("portal_http_request_duration_seconds", request_bounds());
  for (const double seconds : {0.001, 0.0011, 0.3, 60.0}) histogram.observe(seconds);
  const std::string text = registry.text("form", "1");
  const auto bucket = [](const std::string& bound, int count) {
    return "portal_http_request_duration_seconds_bucket{step=\"form\",process=\"1\",le=\"" + bound +
           "\"} " + std::to_string(count);
  };
  for (const std::string& line : {bucket("0.001", 1), bucket("0.0025", 2), bucket("0.25", 2),
                                  bucket("0.5", 3), bucket("10", 3), bucket("+Inf", 4)}) {
    EXPECT_TRUE(has_line(text, line)) << line << " is not in\n" << text;
  }
}

TEST(Registry, ATotalOfAnotherNeverFalls) {
  Registry registry;
  auto counter = registry.counter("portal_events_total", "request");
  counter.raise_to(3);
  counter.raise_to(7);
  counter.raise_to(5);
  EXPECT_TRUE(has_line(registry.text("form", "1"),
                       "portal_events_total{event=\"request\",step=\"form\",process=\"1\"} 7"));
}

TEST(Registry, ThreadsLoseNothing) {
  constexpr int kEach = 10'000;
  Registry registry;
  auto counter = registry.counter("portal_http_requests_total", "200");
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([counter]() mutable {
      for (int n = 0; n < kEach; ++n) counter.add();
    });
  }
  threads.clear();
  EXPECT_TRUE(
      has_line(registry.text("form", "1"),
               "portal_http_requests_total{status=\"200\",step=\"form\",process=\"1\"} 40000"));
}

TEST(Registry, AMetricThatTheTableLacksIsAProgrammersFault) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  Registry registry;
  EXPECT_DEATH(registry.counter("portal_nonsense_total"), "found");
  EXPECT_DEATH(registry.gauge("portal_http_requests_total", "200"), "kGauge");
  EXPECT_DEATH(registry.counter("portal_http_requests_total"), "label");
}

}  // namespace
}  // namespace portal::metrics
