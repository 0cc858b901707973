// Sealing: AES-256-GCM with a key derived (HKDF-SHA256) from a token that only the browser has.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/secret.h"

namespace portal {

// What OpenSSL does once is done now, when there is memory: it does not try again what failed.
// Throws std::runtime_error if the system's OpenSSL offers no AES-256-GCM.
void prepare_sealing();

// Returns base64url of the IV (12 bytes), the ciphertext and the tag (16 bytes). Only the same
// purpose opens it again. Precondition: is_token(token). Both functions throw std::bad_alloc
// if OpenSSL has no memory, and before anything was sealed std::runtime_error as above.
std::string seal(std::string_view plain, std::string_view token, std::string_view purpose);

// Returns the plain text. Nothing if the token or the purpose is a different one, if `token` is not
// a token, or if a single bit was changed.
std::optional<Secret> unseal(std::string_view sealed, std::string_view token,
                             std::string_view purpose);

}  // namespace portal
