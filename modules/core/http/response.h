// A response as a step makes it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/clock.h"

namespace portal {

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;  // names and values without CR or LF
  std::string body;

  Response& header(std::string_view name, std::string_view value);
};

// A page of the portal. Not stored by any cache unless the caller replaces Cache-Control.
Response html(int status, std::string body);
Response json(int status, std::string body);
Response plain(int status, std::string body);
Response see_other(std::string_view location);

// {"name":"value",…}, all strings, in the order given.
std::string json_object(const std::vector<std::pair<std::string_view, std::string_view>>& members);

// A cookie is always HttpOnly, SameSite=Lax, Path=/, and with `secure` Secure and __Host-.
std::string cookie_name(std::string_view base, bool secure);
void set_cookie(Response& response, std::string_view base, std::string_view value,
                EpochSeconds max_age, bool secure);

}  // namespace portal
