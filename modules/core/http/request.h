// A request as a step sees it: plain values, checked and bounded by the responder before.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/http/form.h"

namespace portal {

enum class Method { kGet, kHead, kPost };

struct Request {
  Method method = Method::kGet;
  std::string path;   // decoded once, without the query: "/register/confirm"
  std::string query;  // raw, without the '?'
  Form form;          // a POST's fields; empty for other methods
  std::string cookies;      // the Cookie header
  std::string client;       // the client's address, after trusted_proxies
  std::string user_agent;   // for the log of what opened a link; bounded
  std::string id;           // request id: 32 hexadecimal digits, the web server's or our own

  bool reads() const { return method != Method::kPost; }
};

// The value of a cookie by exact name; nothing if it is absent.
std::optional<std::string> cookie(const Request& request, std::string_view name);

}  // namespace portal
