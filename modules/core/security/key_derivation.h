// HKDF-SHA256 (RFC 5869), of libsodium's HMAC: it neither looks for an algorithm nor allocates,
// which OpenSSL does each time and which costs more than the derivation itself.
#pragma once

#include <string_view>

#include "core/base/secret.h"

namespace portal {

// Derives 32 bytes without a salt, because `key` is already uniformly random (RFC 5869 §3.1).
Secret hkdf_sha256(std::string_view key, std::string_view info);

// Derives a key from a token. Different uses (the text `use` ends with a slash) and different
// purposes have different keys. Precondition: is_token(token).
Secret derive_key(std::string_view token, std::string_view use, std::string_view purpose);

}  // namespace portal
