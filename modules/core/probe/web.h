// Gets a page as a browser on this machine would. It is for an operator's check, not for the
// portal's own work. Poco's exceptions are translated here.
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
  std::string body;                   // at most its first MiB
  bool from_this_machine = false;     // the connection came from 127.0.0.1 or ::1
  EpochSeconds certificate_ends = 0;  // https only

  // Ignores the case of the name. Empty if the header is absent.
  std::string header(std::string_view name) const;
};

// Sends a GET and follows no redirect. With https, the system's authorities (or those of
// SSL_CERT_FILE) must have signed the certificate, and it must carry the host's name. `cookie` is
// NAME=VALUE or empty. kUnavailable if nobody answers within `patience`, the answer is not HTTP, or
// TLS fails; the message says which.
Result<WebAnswer> web_get(const std::string& url, const std::string& cookie,
                          std::chrono::milliseconds patience);

}  // namespace portal
