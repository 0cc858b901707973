// An event for the call centre, in a transaction of its own: losing it changes no answer.
#pragma once

#include "core/http/request.h"
#include "core/journal/timeline.h"
#include "core/responder/site.h"

namespace portal {

void record_timeline_event(const Site& site, const Request& request, const TimelineEntry& entry);

}  // namespace portal
