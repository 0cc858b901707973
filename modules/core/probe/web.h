// A page as a browser at this machine gets it: for an operator's check, not for the portal's own
// work. Poco's exceptions end here.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace portal {

struct WebAnswer {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;                   // its first MiB
  bool from_this_machine = false;     // the connection came from 127.0.0.1 or ::1
  EpochSeconds certificate_ends = 0;  // https only

  // Whatever its case; empty: it is not there.
  std::string header(std::string_view name) const;
};

// GET, without following a redirect. With https the certificate must be good and carry the host's
// name, by the system's authorities (or those of SSL_CERT_FILE). `cookie`: NAME=VALUE, or empty.
// Error kUnavailable: nobody answers within `patience`, or not HTTP, or TLS refuses; says which.
Result<WebAnswer> web_get(const std::string& url, const std::string& cookie,
                          std::chrono::milliseconds patience);

}  // namespace portal
