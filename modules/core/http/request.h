// A request as a step sees it: plain values, which the responder has checked and limited before.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/form/form.h"
#include "core/http/client_address.h"

namespace portal {

enum class Method { kGet, kHead, kPost, kOther };

struct Request {
  Method method = Method::kGet;
  std::string path;           // decoded once, without the query: "/register/confirm"
  Form query;                 // the fields after the '?'
  Form form;                  // the fields of a POST; empty for other methods
  std::string cookies;        // the Cookie header
  Client client;              // after trusted_proxies
  std::string user_agent;     // limited; recorded when a link is opened
  std::string user;           // REMOTE_USER: whom the web server has let in; only a step whose site
                              // lets nobody else in may trust it (the desk)
  bool accepts_gzip = false;  // what the server has compressed
  std::string if_none_match;  // the header: what the browser has already
  std::string id;      // 32 hexadecimal digits, from the web server or drawn by the responder
  int come_again = 0;  // 503, because it would wait too long: worth asking again in such seconds
};

// The values of the cookies with exactly this name, in the order of the header (RFC 6265 §5.4: the
// browser joins the pairs with "; " and quotes nothing). Each pair is read by itself, so that what
// another application has set in the parent domain cannot hide ours. A name may come several times.
// The views are valid as long as the request is.
std::vector<std::string_view> cookies(const Request& request, std::string_view name);

}  // namespace portal
