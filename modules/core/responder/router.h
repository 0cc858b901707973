// From a path and a method to a step's function.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "core/http/request.h"
#include "core/http/response.h"
#include "core/responder/site.h"

namespace portal {

using Action = std::function<Response(const Request&)>;

struct Route {
  std::string_view path;
  Action get;   // also HEAD, whose body is dropped later; empty: 405
  Action post;  // empty: 405
};

// 404 without a route, 405 with Allow without an action.
Response route(const Site& site, const Request& request, const std::vector<Route>& routes);

}  // namespace portal
