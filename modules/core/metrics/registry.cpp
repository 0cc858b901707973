#include "core/metrics/registry.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <cassert>

#include "core/metrics/table.h"

namespace portal::metrics {
namespace {

const Metric& find(std::string_view name) {
  const auto metrics = table();
  const auto found = std::ranges::find(metrics, name, &Metric::name);
  assert(found != metrics.end());
  return *found;
}

prometheus::Labels labels_of(const Metric& metric, std::string_view value) {
  assert(metric.label.empty() == value.empty());
  if (value.empty()) return {};
  return {{std::string(metric.label), std::string(value)}};
}

}  // namespace

void Counter::add() {
  counter_->Increment();
}

void Counter::raise_to(double total) {
  counter_->Increment(total - counter_->Value());  // the library ignores a negative increment
}

void Gauge::set(double value) {
  gauge_->Set(value);
}

void Gauge::add(double difference) {
  gauge_->Increment(difference);
}

void Histogram::observe(double value) {
  histogram_->Observe(value);
}

struct Registry::Library {
  // A family has all metrics of one name. The registry returns the same family each time.
  template <class Builder>
  auto& family(Builder builder, const Metric& metric) {
    return builder.Name(std::string(metric.name))
        .Help(std::string(metric.meaning))
        .Register(registry);
  }

  prometheus::Registry registry;
};

Registry::Registry() : library_(std::make_unique<Library>()) {}

Registry::~Registry() = default;

Counter Registry::counter(std::string_view name, std::string_view value) {
  const Metric& metric = find(name);
  assert(metric.kind == Metric::Kind::kCounter);
  return Counter(
      library_->family(prometheus::BuildCounter(), metric).Add(labels_of(metric, value)));
}

Gauge Registry::gauge(std::string_view name, std::string_view value) {
  const Metric& metric = find(name);
  assert(metric.kind == Metric::Kind::kGauge);
  return Gauge(library_->family(prometheus::BuildGauge(), metric).Add(labels_of(metric, value)));
}

Histogram Registry::histogram(std::string_view name, const std::vector<double>& bounds) {
  const Metric& metric = find(name);
  assert(metric.kind == Metric::Kind::kHistogram);
  return Histogram(
      library_->family(prometheus::BuildHistogram(), metric).Add(labels_of(metric, ""), bounds));
}

std::string Registry::text(std::string_view step, std::string_view process) const {
  auto families = library_->registry.Collect();
  for (prometheus::MetricFamily& family : families) {
    for (prometheus::ClientMetric& metric : family.metric) {
      metric.label.push_back({"step", std::string(step)});
      metric.label.push_back({"process", std::string(process)});
    }
  }
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace portal::metrics
