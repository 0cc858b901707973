// From a path and a method to a step's function.
#pragma once

#include <functional>
#include <initializer_list>
#include <string_view>

#include "core/http/request.h"
#include "core/http/response.h"
#include "core/responder/site.h"

namespace portal {

using Action = std::function<Response(const Request&)>;

struct Route {
  std::string_view path;
  Action get;   // also HEAD: it must change nothing then; empty: not allowed
  Action post;  // empty: not allowed
};

// 404 without a route; 405 with Allow without an action.
Response route(const Site& site, const Request& request, std::initializer_list<Route> routes);

}  // namespace portal
