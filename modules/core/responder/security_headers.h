// The security headers that every answer carries. conf/headers.list has the same for what the web
// servers answer themselves.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace portal {

inline constexpr std::string_view kContentSecurityPolicy = "Content-Security-Policy";

// Nothing from elsewhere, never in a frame (CSP level 3). No inline script; of inline styles only
// the one that `style_source` names ('sha256-…'), which is ours and holds nothing that a user
// typed. So what somebody might smuggle into a page still neither runs nor changes how the page
// looks.
std::string content_security_policy(std::string_view style_source = "");

// The others, the same on every answer.
inline constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kSecurityHeaders = {{
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    // The links that were mailed stand in the query: no other site may learn them.
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
}};

}  // namespace portal
