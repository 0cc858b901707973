// Random bytes, and base64url without padding (RFC 4648 §5).
//
// The codec is libsodium's and not Poco's: it refuses non-canonical text by itself, takes the same
// time for every secret, and needs a third of the time that Poco needs to decode and encode again.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace portal {

// Call it before any other function of libsodium. Further calls, from any thread, are harmless.
// Throws std::runtime_error if the system offers no randomness.
void start_sodium();

// Random bytes from the kernel's generator.
std::string random_bytes(std::size_t size);

std::string to_base64url(std::string_view bytes);

// The bytes of which to_base64url() makes exactly this text. Nothing if there are none.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace portal
