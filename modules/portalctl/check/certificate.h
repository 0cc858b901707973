// What is said of a server's certificate: how long it is good, or why it is not accepted.
#pragma once

#include <string>

#include "core/tls/certificate.h"
#include "portalctl/check/probe.h"

namespace portalctl {

// `whose`: "https://portal.example.jp", for messages. `show` is a command that shows the
// certificate, `renew` one that renews it.
struct CertificateOwner {
  std::string whose;
  std::string show;
  std::string renew;
};

// A fault or a warning, or ok with "good for 89 days".
Finding judge_certificate(const portal::tls::Certificate& certificate,
                          const CertificateOwner& owner);

}  // namespace portalctl
