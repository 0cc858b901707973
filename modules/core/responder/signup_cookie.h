// The signup cookie: what tells the browser that registered from all others (contract.md §4).
//
// Its token is derived from the draft's, so that a second POST of the same draft, whose first
// answer was lost on the way, sets the same cookie again.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/database/registration/registrations.h"
#include "core/http/request.h"
#include "core/http/response.h"
#include "core/responder/site.h"

namespace portal {

std::string signup_token(std::string_view draft_token);

void set_signup_cookie(const Site& site, Response& response, std::string_view signup_token);

// The hash of the cookie's token, if the browser sent one that could be ours.
std::optional<std::string> signup_hash(const Site& site, const Request& request);

// This browser's registration.
Result<std::optional<Registration>> signed_up(const Site& site, const Request& request);

}  // namespace portal
