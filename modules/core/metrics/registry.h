// Counters, gauges and histograms of one process, and their text for Prometheus. The only room that
// includes <prometheus/…>.
//
// The registry returns handles. Keep them: to look one up takes a lock, but to use it takes only an
// atomic operation (with a histogram, a lock for a few additions; prometheus-cpp 1.0.1). A handle
// may be copied and used by several threads at the same time. It must not be used after the
// registry ends.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
}  // namespace prometheus

namespace portal::metrics {

class Counter {
 public:
  explicit Counter(prometheus::Counter& counter) : counter_(&counter) {}
  void add();
  // Raises the counter to a number that was counted elsewhere since the start of the process. Only
  // one thread may call it.
  void raise_to(double total);

 private:
  prometheus::Counter* counter_;
};

class Gauge {
 public:
  explicit Gauge(prometheus::Gauge& gauge) : gauge_(&gauge) {}
  void set(double value);
  void add(double difference);

 private:
  prometheus::Gauge* gauge_;
};

class Histogram {
 public:
  explicit Histogram(prometheus::Histogram& histogram) : histogram_(&histogram) {}
  void observe(double value);

 private:
  prometheus::Histogram* histogram_;
};

class Registry {
 public:
  Registry();
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;
  ~Registry();

  // Return the same handle each time. Precondition (asserted): the table has the name with this
  // kind, and with a label if and only if there is a value.
  Counter counter(std::string_view name, std::string_view value = "");
  Gauge gauge(std::string_view name, std::string_view value = "");
  Histogram histogram(std::string_view name, const std::vector<double>& bounds);

  // The metrics as text, each sample with these labels besides its own. The format is
  // https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format.
  std::string text(std::string_view step, std::string_view process) const;

 private:
  struct Library;
  std::unique_ptr<Library> library_;
};

}  // namespace portal::metrics
