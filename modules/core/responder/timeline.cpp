#include "core/responder/timeline.h"

#include "core/base/log.h"

namespace portal {

void record_timeline_event(const Site& site, const Request& request, const TimelineEntry& entry) {
  const auto kept = site.database->write([&](Connection& connection) {
    record_timeline_event(connection, request, site.clock(), entry);
    return Done{};
  });
  if (!kept) {
    log::warning("event_lost", {{"reason", kept.error().message}});
  }
}

}  // namespace portal
