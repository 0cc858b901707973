// A request as a step sees it: plain values, which the responder has checked and limited before.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/form/form.h"

namespace portal {

enum class Method { kGet, kHead, kPost, kOther };

struct Request {
  Method method = Method::kGet;
  std::string path;        // decoded once, without the query: "/register/confirm"
  Form query;              // the fields after the '?'
  Form form;               // the fields of a POST; empty for other methods
  std::string cookies;     // the Cookie header
  std::string client;      // the client's address, after trusted_proxies
  std::string user_agent;  // limited; recorded when a link is opened
  std::string id;          // 32 hexadecimal digits, from the web server or drawn by the responder
};

// The value of the cookie with exactly this name. Nothing if it is absent.
std::optional<std::string> cookie(const Request& request, std::string_view name);

}  // namespace portal
