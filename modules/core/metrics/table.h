// The metrics: one table (table.cpp) says name, kind and meaning of each. The registry knows no
// other; conf/monitoring.md shows the same table (tests/integration/metrics.sh compares them).
//
// Names: https://prometheus.io/docs/practices/naming/ (base units, _total for what only grows).
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace portal::metrics {

struct Metric {
  enum class Kind { kCounter, kGauge, kHistogram };
  std::string_view name;
  Kind kind;
  std::string_view label;    // besides `step` and `process`, which all have; empty: none
  std::string_view meaning;  // one sentence
};

std::span<const Metric> table();

// Upper bounds in seconds, +Inf excepted: of requests, from a page that lies ready to a time-out;
// of a mail's way from the queue to the relay, from at once to a day.
std::vector<double> request_bounds();
std::vector<double> delivery_bounds();

}  // namespace portal::metrics
