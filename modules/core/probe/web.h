// Gets a page as a browser on this machine would. It is for an operator's check, not for the
// portal's own work. Poco's exceptions are translated here.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/tls/certificate.h"

namespace portal {

struct WebAnswer {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;                // at most its first MiB
  bool from_this_machine = false;  // the connection came from 127.0.0.1 or ::1

  // Ignores the case of the name. Empty if the header is absent.
  std::string header(std::string_view name) const;
};

// Sends a GET and follows no redirect. With https, the system's authorities (or those of
// SSL_CERT_FILE) must have signed the certificate, and it must carry the host's name. `cookie` is
// NAME=VALUE or empty. kRefused if the certificate is not accepted. kUnavailable if nobody answers
// within `patience`, the answer is not HTTP, or TLS fails otherwise. The message says why.
Result<WebAnswer> web_get(const std::string& url, const std::string& cookie,
                          std::chrono::milliseconds patience);

// The certificate that the server of an https URL shows, whether it is accepted or not.
// kUnavailable if nobody answers within `patience`, or shows none.
Result<tls::Certificate> web_certificate(const std::string& url,
                                         std::chrono::milliseconds patience);

}  // namespace portal
