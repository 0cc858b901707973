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
  // An exporter that never writes anything.
  Exporter() = default;

  // Called before each writing. It sets the metrics that are looked up rather than counted.
  using Update = std::function<void()>;

  // Writes once, so that the start fails if the directory cannot be used. With an empty
  // metrics.directory the exporter never writes anything. `registry` and everything that `update`
  // uses must live longer. The destructor removes the file.
  static Result<Exporter> start(const Settings& settings, std::string_view step, Registry& registry,
                                Update update);

  // One thread calls this about once a second. If a writing fails, it is tried again the next time;
  // the log says when writing begins to fail and when it works again.
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
