// HKDF-SHA256 (RFC 5869).
#pragma once

#include <string_view>

#include "core/base/secret.h"

namespace portal {

// 32 bytes, without a salt: `key` is uniformly random already (RFC 5869 §3.1).
// Throws std::runtime_error if OpenSSL offers no HKDF.
Secret hkdf_sha256(std::string_view key, std::string_view info);

// A key out of a token. `use` keeps the uses apart (it ends with a slash), `purpose` what they are
// for. Precondition: is_token(token).
Secret derive_key(std::string_view token, std::string_view use, std::string_view purpose);

}  // namespace portal
