// Records a timeline event in a transaction of its own. If that fails, the event is lost, a line of
// the log says so, and the answer stays the same.
#pragma once

#include "core/http/request.h"
#include "core/journal/timeline.h"
#include "core/responder/site.h"

namespace portal {

void record_timeline_event(const Site& site, const Request& request, const TimelineEntry& entry);

}  // namespace portal
