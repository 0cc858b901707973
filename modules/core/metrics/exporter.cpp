#include "core/metrics/exporter.h"

#include <utility>

#include "core/base/clock.h"
#include "core/base/log.h"

namespace portal::metrics {

Result<Exporter> Exporter::start(const Settings& settings, std::string_view step,
                                 Registry& registry, Update update) {
  const std::string& directory = settings.text("metrics.directory");
  if (directory.empty()) return Exporter();
  auto file = Textfile::claim(directory, step);
  if (!file) return file.error();
  Exporter exporter(std::move(*file), step, registry, std::move(update));
  if (const auto done = exporter.write(); !done) return done.error();
  return exporter;
}

void Exporter::write_if_due() {
  if (!file_ || Clock::now() < next_) return;
  const auto done = write();
  if (!done && !failed_) log::error("metrics_not_written", {{"error", done.error().message}});
  if (done && failed_) log::info("metrics_written_again");
  failed_ = !done;
}

Result<Done> Exporter::write() {
  next_ = Clock::now() + kWriteEvery;
  if (update_) update_();
  registry_->gauge("portal_metrics_written_timestamp_seconds")
      .set(static_cast<double>(system_now()));
  return file_->write(registry_->text(step_, file_->process()));
}

}  // namespace portal::metrics
