// HKDF-SHA256 (RFC 5869).
#pragma once

#include <string_view>

#include "core/base/secret.h"

namespace portal {

// Derives 32 bytes without a salt, because `key` is already uniformly random (RFC 5869 §3.1).
// Throws std::runtime_error if OpenSSL offers no HKDF; std::bad_alloc if it fails later, for lack
// of memory.
Secret hkdf_sha256(std::string_view key, std::string_view info);

// Derives a key from a token. Different uses (the text `use` ends with a slash) and different
// purposes have different keys. Precondition: is_token(token).
Secret derive_key(std::string_view token, std::string_view use, std::string_view purpose);

}  // namespace portal
