// The device cookie: what tells a browser in which somebody has logged in to an account, activated
// it, or given it a new password by mail, from strangers' browsers (OWASP, "Slow Down Online
// Guessing Attacks with Device Cookies"). It opens nothing. It only keeps strangers' wrong
// passwords, for the account or from the same network, from holding its owner up.
//
// A browser has one such cookie for all accounts that are used in it, as at a reception. It is set
// before the cookie that leads on, because that one must be the last (response.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/http/request.h"
#include "core/http/response.h"
#include "core/responder/site.h"

namespace portal {

// The hash of the cookie's token, if the browser sent one that could be ours.
std::optional<std::string> device_hash(const Site& site, const Request& request);

// The same, if the account knows the device.
std::optional<std::string> known_device(Connection& connection, const Site& site,
                                        const Request& request, std::string_view account_id,
                                        EpochSeconds now);

// The token that the browser has, or a new one.
std::string device_token(const Site& site, const Request& request);

// Makes the device known to the account. The answer must set the cookie.
void remember_device(Connection& connection, std::string_view account_id, std::string_view token,
                     EpochSeconds now);
void set_device_cookie(const Site& site, Response& response, std::string_view token);

}  // namespace portal
