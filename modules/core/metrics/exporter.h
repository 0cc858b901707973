// Writes a process's metrics into metrics.directory, at its start and every ten seconds.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/settings.h"
#include "core/metrics/registry.h"
#include "core/metrics/textfile.h"

namespace portal::metrics {

inline constexpr std::chrono::seconds kWriteEvery{10};

class Exporter {
 public:
  // One that never does anything.
  Exporter() = default;

  // Sets those metrics that are looked up, not counted, before each writing.
  using Update = std::function<void()>;

  // Writes once, so that a directory that cannot be used is the start's error. With an empty
  // metrics.directory it never does anything. `registry`, and what `update` uses, live longer.
  // When it ends, the file goes.
  static Result<Exporter> start(const Settings& settings, std::string_view step, Registry& registry,
                                Update update);

  // To be called about once a second, by one thread. A writing that fails is logged when that
  // begins and when it ends, and tried again the next time.
  void write_if_due();

 private:
  Exporter(Textfile file, std::string_view step, Registry& registry, Update update)
      : file_(std::move(file)), step_(step), registry_(&registry), update_(std::move(update)) {}
  Result<Done> write();

  using Clock = std::chrono::steady_clock;

  std::optional<Textfile> file_;  // none: nothing is written
  std::string step_;
  Registry* registry_ = nullptr;
  Update update_;
  Clock::time_point next_;
  bool failed_ = false;
};

}  // namespace portal::metrics
