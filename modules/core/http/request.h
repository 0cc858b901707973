// A request as a step sees it: plain values, checked and bounded by the responder before.
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
  Form query;              // what follows the '?'
  Form form;               // a POST's fields; empty for other methods
  std::string cookies;     // the Cookie header
  std::string client;      // the client's address, after trusted_proxies
  std::string user_agent;  // bounded; for the log of what opened a link
  std::string id;          // 32 hexadecimal digits, the web server's or our own
};

// The value of a cookie by exact name; nothing if it is absent.
std::optional<std::string> cookie(const Request& request, std::string_view name);

}  // namespace portal
