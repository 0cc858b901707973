// Records a timeline event that tells of no change: it waits for nothing, and is written within
// about a second (core/journal/timeline_queue.h).
#pragma once

#include "core/http/request.h"
#include "core/journal/timeline.h"
#include "core/responder/site.h"

namespace portal {

void record_timeline_event(const Site& site, const Request& request, const TimelineEntry& entry);

}  // namespace portal
