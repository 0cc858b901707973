#include "core/responder/tokens.h"

#include "core/security/token.h"

namespace portal {

std::optional<std::string> token_cookie(const Site& site, const Request& request,
                                        std::string_view base) {
  for (const auto value : cookies(request, cookie_name(base, site.settings.secure()))) {
    if (is_token(value)) return std::string(value);
  }
  return std::nullopt;
}

std::string link_token(const Request& request) {
  return read_token(request.query.get("token"));
}

}  // namespace portal
