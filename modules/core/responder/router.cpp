#include "core/responder/router.h"

#include <algorithm>

namespace portal {

Result<Response> route(const Site& site, const Request& request,
                       std::initializer_list<Route> routes) {
  const auto* found = std::find_if(routes.begin(), routes.end(),
                                   [&](const Route& route) { return route.path == request.path; });
  if (found == routes.end()) return site.error(request, 404);
  const bool reads = request.method == Method::kGet || request.method == Method::kHead;
  if (reads && found->get) return found->get(request);
  if (request.method == Method::kPost && found->post) return found->post(request);
  const std::string_view allowed = !found->post  ? "GET, HEAD"
                                   : !found->get ? "POST"
                                                 : "GET, HEAD, POST";
  return site.error(request, 405).header("Allow", allowed);
}

}  // namespace portal
