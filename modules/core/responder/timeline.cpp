#include "core/responder/timeline.h"

namespace portal {

void record_timeline_event(const Site& site, const Request& request, const TimelineEntry& entry) {
  site.timeline->add(request, site.clock(), entry);
}

}  // namespace portal
