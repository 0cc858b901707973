// The tokens of ours that a request brings: in a cookie, or in the link of a mail.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/http/request.h"
#include "core/responder/site.h"

namespace portal {

// The token in the cookie cookie_name(base). Of several cookies with that name, which a parent
// domain can cause where there is no __Host- prefix, the first that could be ours. Nothing if there
// is none.
std::optional<std::string> token_cookie(const Site& site, const Request& request,
                                        std::string_view base);

// The token of a mailed link, `?token=…` (read_token() of security/token.h). Empty if there is
// none.
std::string link_token(const Request& request);

}  // namespace portal
