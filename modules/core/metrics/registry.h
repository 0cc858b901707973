// Counters, gauges and histograms of one process, and their text for Prometheus. The only room that
// includes <prometheus/…>.
//
// What is asked for is a handle, to be kept: looking one up takes a lock, using it an atomic
// operation (a histogram: a lock held for a few additions, prometheus-cpp 1.0.1). A handle is
// copied freely, used by several threads at once, and dead when the registry has gone.
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
  // To what somebody else has counted since the start of the process. By one thread only.
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

  // The same handle each time. Precondition: the table has that name, of that kind, and it has a
  // label if and only if there is a value (asserted).
  Counter counter(std::string_view name, std::string_view value = "");
  Gauge gauge(std::string_view name, std::string_view value = "");
  Histogram histogram(std::string_view name, const std::vector<double>& bounds);

  // https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format, each sample
  // with these labels besides its own.
  std::string text(std::string_view step, std::string_view process) const;

 private:
  struct Library;
  std::unique_ptr<Library> library_;
};

}  // namespace portal::metrics
