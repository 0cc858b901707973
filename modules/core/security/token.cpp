#include "core/security/token.h"

#include <Poco/DigestEngine.h>
#include <sodium.h>

#include <array>

#include "core/security/bytes.h"
#include "core/security/key_derivation.h"

namespace portal {
namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kTokenLength = 43;  // characters of its text
constexpr std::size_t kIdBytes = 16;

}  // namespace

std::string draw_token() {
  return to_base64url(random_bytes(kTokenBytes));
}

std::string draw_id() {
  std::string id;
  do {
    id = to_base64url(random_bytes(kIdBytes));
  } while (id.starts_with('-'));  // a command line would take it for an option
  return id;
}

std::string draw_request_id() {
  const std::string bytes = random_bytes(kIdBytes);
  return Poco::DigestEngine::digestToHex({bytes.begin(), bytes.end()});
}

bool is_token(std::string_view text) {
  return text.size() == kTokenLength && from_base64url(text).has_value();
}

std::string read_token(std::string_view text) {
  constexpr std::string_view kIdeographicSpace = "　";
  std::string token;
  while (!text.empty() && token.size() < kTokenLength) {
    const bool wide = text.starts_with(kIdeographicSpace);
    const bool space =
        wide || std::string_view(" \t\r\n").find(text.front()) != std::string_view::npos;
    if (!space) token += text.front();
    text.remove_prefix(wide ? kIdeographicSpace.size() : 1);
  }
  return is_token(token) ? token : std::string();
}

std::string token_hash(std::string_view token) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(token.data()),
                     token.size());
  return to_base64url({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

std::string derive_token(std::string_view token, std::string_view purpose) {
  return to_base64url(derive_key(token, "portal/token/", purpose).view());
}

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace portal
