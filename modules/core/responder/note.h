// An event for the call centre, in a transaction of its own: losing it changes no answer.
#pragma once

#include "core/http/request.h"
#include "core/journal/timeline.h"
#include "core/responder/site.h"

namespace portal {

void note(const Site& site, const Request& request, const Event& event);

}  // namespace portal
