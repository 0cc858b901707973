// Who is logged in: the session cookie, and the account behind it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/database/account/accounts.h"
#include "core/database/account/web_sessions.h"
#include "core/http/request.h"
#include "core/http/response.h"
#include "core/responder/site.h"

namespace portal {

struct SignedIn {
  WebSession session;
  Account account;
};

SessionLimits session_limits(const Settings& settings);

// The hash of the cookie's token, if the browser sent one that could be ours.
std::optional<std::string> session_hash(const Site& site, const Request& request);

// Nothing without a session that is still good. Marks the session as used, at most once a minute,
// and never by a HEAD.
Result<std::optional<SignedIn>> signed_in(const Site& site, const Request& request);

// `token`: a new one at each login, so that no one can have known it before (ASVS 3.2.1).
void set_session_cookie(const Site& site, Response& response, std::string_view token);
void clear_session_cookie(const Site& site, Response& response);

// 303 to /login, which leads back to `path` of our own afterwards.
Response to_login(std::string_view path);

// A path of our own to go to after login: letters, digits, `-`, `_` and single slashes, then maybe
// a query, in ASCII. Anything else, another host above all, and /login itself become /account.
std::string own_path(std::string_view path);

}  // namespace portal
