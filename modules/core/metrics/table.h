// The metrics: one table (table.cpp) has the name, kind and meaning of each. The registry knows no
// others. conf/monitoring.md shows the same table (tests/integration/metrics.sh compares them).
//
// The names follow https://prometheus.io/docs/practices/naming/ (base units; _total for counters).
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace portal::metrics {

struct Metric {
  enum class Kind { kCounter, kGauge, kHistogram };
  std::string_view name;
  Kind kind;
  std::string_view label;    // besides `step` and `process`, which all have; empty if there is none
  std::string_view meaning;  // one sentence
};

std::span<const Metric> table();

// Upper bounds of the histograms in seconds, without +Inf. Those of requests reach from a page that
// is ready to a time-out. Those of the time that a mail takes from the queue to the relay reach to
// a day.
std::vector<double> request_bounds();
std::vector<double> delivery_bounds();

}  // namespace portal::metrics
