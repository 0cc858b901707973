#include "core/security/certificate_watch.h"

#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

namespace portal {
namespace {

// OpenSSL calls this at each state of a handshake, and at its end.
void look(const SSL* connection, int, int) {
  auto* watch = static_cast<CertificateWatch*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(connection)));
  if (watch != nullptr) watch->note(SSL_get_verify_result(connection));
}

}  // namespace

CertificateWatch::CertificateWatch(ssl_ctx_st* context) : context_(context), result_(X509_V_OK) {
  SSL_CTX_set_app_data(context_, this);
  SSL_CTX_set_info_callback(context_, look);
}

CertificateWatch::~CertificateWatch() {
  SSL_CTX_set_info_callback(context_, nullptr);
  SSL_CTX_set_app_data(context_, nullptr);
}

std::string CertificateWatch::reason() const {
  return result_ == X509_V_OK ? "" : X509_verify_cert_error_string(result_);
}

}  // namespace portal
