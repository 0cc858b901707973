// From a path and a method to a step's function.
#pragma once

#include <functional>
#include <initializer_list>
#include <string_view>

#include "core/base/result.h"
#include "core/http/request.h"
#include "core/http/response.h"
#include "core/responder/site.h"

namespace portal {

// An error is answered with 503 and logged by answer().
using Action = std::function<Result<Response>(const Request&)>;

struct Route {
  std::string_view path;
  Action get;   // also HEAD: it must change nothing then; empty: not allowed
  Action post;  // empty: not allowed
};

// 404 without a route; 405 with Allow without an action.
Result<Response> route(const Site& site, const Request& request,
                       std::initializer_list<Route> routes);

}  // namespace portal
