// Sealing: AES-256-GCM with a key derived (HKDF-SHA256) from a token that only the browser has.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/secret.h"

namespace portal {

// base64url of IV (12 bytes), ciphertext, tag (16 bytes). Precondition: is_token(token).
// What one purpose sealed, another does not open.
// Both throw std::runtime_error if the system's OpenSSL offers no AES-256-GCM or HKDF.
std::string seal(std::string_view plain, std::string_view token, std::string_view purpose);

// Nothing if the token or purpose is another (or no token at all), or a single bit was changed.
std::optional<Secret> unseal(std::string_view sealed, std::string_view token,
                             std::string_view purpose);

}  // namespace portal
