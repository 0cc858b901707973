#include "core/security/private/key_derivation.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <array>
#include <cassert>
#include <memory>
#include <string>

#include "core/security/private/bytes.h"
#include "core/security/private/openssl_algorithm.h"
#include "core/security/token.h"

namespace portal {
namespace {

struct Free {
  void operator()(EVP_KDF* kdf) const { EVP_KDF_free(kdf); }
  void operator()(EVP_KDF_CTX* context) const { EVP_KDF_CTX_free(context); }
};

OpenSslAlgorithm algorithm("HKDF-SHA256");

[[noreturn]] void throw_failure() {
  ERR_clear_error();
  algorithm.throw_failure();
}

// Fetches HKDF from OpenSSL's providers, once if it succeeds. All threads may share it.
EVP_KDF* hkdf() {
  const auto fetch = [] {
    std::unique_ptr<EVP_KDF, Free> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
    if (!kdf) throw_failure();
    return kdf;
  };
  static const auto kdf = fetch();
  return kdf.get();
}

// The cast is safe: OSSL_PARAM also serves for output, but HKDF only reads it.
OSSL_PARAM octets(const char* name, std::string_view bytes) {
  return OSSL_PARAM_construct_octet_string(name, const_cast<char*>(bytes.data()), bytes.size());
}

}  // namespace

Secret hkdf_sha256(std::string_view key, std::string_view info) {
  std::string digest = "SHA256";
  const std::array parameters = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), digest.size()),
      octets(OSSL_KDF_PARAM_KEY, key), octets(OSSL_KDF_PARAM_INFO, info),
      OSSL_PARAM_construct_end()};
  const std::unique_ptr<EVP_KDF_CTX, Free> context(EVP_KDF_CTX_new(hkdf()));
  std::string derived(32, '\0');
  if (context == nullptr ||
      EVP_KDF_derive(context.get(), reinterpret_cast<unsigned char*>(derived.data()),
                     derived.size(), parameters.data()) <= 0) {
    throw_failure();
  }
  algorithm.has_worked();
  Secret secret(derived);
  wipe(derived);
  return secret;
}

Secret derive_key(std::string_view token, std::string_view use, std::string_view purpose) {
  assert(is_token(token));
  std::string key = from_base64url(token).value();
  Secret derived = hkdf_sha256(key, std::string(use).append(purpose));
  wipe(key);
  return derived;
}

}  // namespace portal
