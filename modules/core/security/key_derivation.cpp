#include "core/security/key_derivation.h"

#include <sodium.h>

#include <array>
#include <cassert>
#include <string>

#include "core/security/bytes.h"

namespace portal {
namespace {

using Bytes = std::array<unsigned char, crypto_auth_hmacsha256_BYTES>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string_view view_of(const Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Bytes hmac_sha256(std::string_view key, std::string_view text) {
  crypto_auth_hmacsha256_state state;
  Bytes result;
  crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(text), text.size());
  crypto_auth_hmacsha256_final(&state, result.data());
  sodium_memzero(&state, sizeof state);
  return result;
}

}  // namespace

Secret hkdf_sha256(std::string_view key, std::string_view info) {
  static_assert(sizeof(Bytes) == 32, "one round of HKDF-Expand gives it all");
  const std::string no_salt(sizeof(Bytes), '\0');
  Bytes extracted = hmac_sha256(no_salt, key);
  Bytes derived = hmac_sha256(view_of(extracted), std::string(info).append(1, '\1'));
  Secret secret(view_of(derived));
  sodium_memzero(extracted.data(), extracted.size());
  sodium_memzero(derived.data(), derived.size());
  return secret;
}

Secret derive_key(std::string_view token, std::string_view use, std::string_view purpose) {
  auto key = from_base64url(token);
  assert(key && key->size() == sizeof(Bytes) && "is_token(token)");
  Secret derived = hkdf_sha256(*key, std::string(use).append(purpose));
  wipe(*key);
  return derived;
}

}  // namespace portal
