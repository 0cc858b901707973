// Why the certificate of a server is not accepted, in words: it has expired, it is for another
// name, nobody here knows its issuer. The libraries say only that TLS failed.
//
// The one place that decides whether a certificate was the reason of a failed handshake: Poco 1.13
// takes such a failure for a lost connection.
#pragma once

#include <Poco/Net/Context.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"

namespace portal::tls {

struct Certificate {
  EpochSeconds begins = 0;
  EpochSeconds ends = 0;
  // Each is the end of a sentence that begins with "its certificate", with OpenSSL's own words in
  // brackets. Empty: the certificate is accepted.
  std::vector<std::string> complaints;

  bool accepted() const { return complaints.empty(); }
  // "its certificate expired on 2026-11-20, 6 days ago (certificate has expired)". Precondition: it
  // is not accepted.
  std::string why_not() const;
};

// Watches how the certificates of the context's connections are verified, as long as it exists. It
// also checks that the certificate carries `host`, a name or an address. One handshake at a time.
class CertificateWatch {
 public:
  CertificateWatch(Poco::Net::Context::Ptr context, std::string_view host);
  CertificateWatch(const CertificateWatch&) = delete;
  CertificateWatch& operator=(const CertificateWatch&) = delete;
  ~CertificateWatch();

  // What the server has shown. Nothing: the handshake did not come so far.
  const std::optional<Certificate>& seen() const { return seen_; }
  bool refused() const { return seen_ && !seen_->accepted(); }

  struct Verification;  // only certificate.cpp looks inside

 private:
  Poco::Net::Context::Ptr context_;
  std::string host_;
  std::optional<Certificate> seen_;
};

}  // namespace portal::tls
