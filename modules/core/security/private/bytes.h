// Bytes and their text: randomness and base64url without padding (RFC 4648 §5).
//
// libsodium's codec, not Poco's: it refuses non-canonical text by itself, takes the same time
// whatever the secret is, and reads in a third of the time of Poco's decoding and encoding again.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace portal {

// Before any other call of libsodium; again is harmless, from any thread.
// Throws std::runtime_error if the system offers no randomness.
void start_sodium();

// From the kernel's generator.
std::string random_bytes(std::size_t size);

std::string to_base64url(std::string_view bytes);

// Nothing unless `text` is exactly what to_base64url makes of some bytes.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace portal
