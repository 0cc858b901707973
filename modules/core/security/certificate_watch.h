// Learns from OpenSSL why the certificate of a TLS server was not accepted.
//
// Poco does not pass the reason on: 1.11 reports only that verifying failed, and 1.13 throws
// SSLConnectionUnexpectedlyClosedException, as for a connection that was lost. OpenSSL keeps the
// reason with the connection (SSL_get_verify_result), which Poco does not show either.
#pragma once

#include <string>

struct ssl_ctx_st;  // OpenSSL's SSL_CTX; Poco::Net::Context::sslContext()

namespace portal {

// As long as it exists, it watches the handshakes of one TLS context, which must outlive it. One
// thread at a time may use that context, and one object at a time may watch it.
class CertificateWatch {
 public:
  explicit CertificateWatch(ssl_ctx_st* context);
  ~CertificateWatch();
  CertificateWatch(const CertificateWatch&) = delete;
  CertificateWatch& operator=(const CertificateWatch&) = delete;

  // Why the last handshake did not accept the certificate, in OpenSSL's words ("certificate has
  // expired"). Empty: the certificate was accepted, or the handshake did not come that far. Whether
  // it carries the server's name Poco checks later, and it says so itself.
  std::string reason() const;

  // The handshake has come to this result (X509_V_…).
  void note(long result) { result_ = result; }

 private:
  ssl_ctx_st* context_;
  long result_;
};

}  // namespace portal
