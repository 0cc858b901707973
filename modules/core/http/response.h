// A response as a step makes it.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/clock.h"

namespace portal {

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;  // without CR and LF
  std::string body;
  std::string_view limit = "";  // of a 429: a limit's name for the log, never sent; of a constant

  // Adds the header, or replaces its value if it is there.
  Response& header(std::string_view name, std::string_view value);
  bool has(std::string_view name) const;
};

// These answers are kept by no cache, unless the caller replaces Cache-Control.
Response html(int status, std::string body);
Response json(int status, std::string body);
Response plain(int status, std::string body);
Response see_other(std::string_view location);
Response found(std::string_view location);               // 302
Response permanent_redirect(std::string_view location);  // 308: the method stays

// The reason phrase of RFC 9110: "Not Found" for 404. It is empty for a status that no step answers
// with; RFC 9112 §4 lets it be.
std::string_view reason_of(int status);

// {"name":"value",…} in the given order. Every value is a string.
std::string json_object(
    std::initializer_list<std::pair<std::string_view, std::string_view>> members);

// The name of a cookie. Every cookie is HttpOnly, SameSite=Lax and Path=/. With `secure` (https) it
// is Secure too, and its name has the prefix __Host-, so that no other host or path can set it (RFC
// 6265bis §4.1.3.2).
std::string cookie_name(std::string_view base, bool secure);

// `value` is a token, so no character needs quoting. The cookie has only Max-Age, because an
// Expires date would fail on a computer whose clock is wrong.
void set_cookie(Response& response, std::string_view base, std::string_view value,
                EpochSeconds max_age, bool secure);

}  // namespace portal
