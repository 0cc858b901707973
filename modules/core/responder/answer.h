// From what the web server sent to what goes back: the checks that contract.md §1 asks for before
// a step sees a request (400, 403, 413, 415), /healthz, the headers that every answer carries,
// HEAD, the log line and the metrics, and 500 for what should not happen.
#pragma once

#include <string>
#include <string_view>

#include "core/fastcgi/server.h"
#include "core/responder/request_metrics.h"
#include "core/responder/site.h"
#include "core/responder/step.h"

namespace portal {

// `name`: the step's, as in steps.list. Never throws.
std::string answer(const Site& site, std::string_view name, Step& step, RequestMetrics& metrics,
                   fastcgi::Exchange& exchange);

// What the step answers to that request: 503, logged, where it returns an error; 500 where it
// throws.
Response respond(const Site& site, Step& step, const Request& request);

}  // namespace portal
