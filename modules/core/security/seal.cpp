#include "core/security/seal.h"

#include <Poco/Crypto/Cipher.h>
#include <Poco/Crypto/CipherFactory.h>
#include <Poco/Crypto/CipherKey.h>
#include <Poco/Crypto/CryptoTransform.h>
#include <Poco/Exception.h>

#include <cassert>

#include "core/security/private/bytes.h"
#include "core/security/private/key_derivation.h"
#include "core/security/private/openssl_algorithm.h"
#include "core/security/token.h"

namespace portal {
namespace {

using Poco::Crypto::CipherKey;
using Poco::Crypto::CryptoTransform;
using Bytes = CipherKey::ByteVec;

constexpr std::size_t kKeySize = 32;
constexpr std::size_t kIvSize = 12;
constexpr std::size_t kTagSize = 16;
constexpr std::size_t kBlockSize = 16;

enum class Direction { kSeal, kUnseal };

OpenSslAlgorithm algorithm("AES-256-GCM");

// Checks the sizes, because Poco silently accepts others.
CryptoTransform::Ptr start(Direction direction, std::string_view key, std::string_view iv) {
  assert(key.size() == kKeySize && iv.size() == kIvSize);
  try {
    // OpenSSL needs 15 µs to find a cipher by its name, so each thread keeps one, without a key in
    // it.
    thread_local CipherKey cipher_key("aes-256-gcm", Bytes(kKeySize), Bytes(kIvSize));
    cipher_key.setKey(Bytes(key.begin(), key.end()));
    cipher_key.setIV(Bytes(iv.begin(), iv.end()));
    Poco::Crypto::Cipher::Ptr cipher(
        Poco::Crypto::CipherFactory::defaultFactory().createCipher(cipher_key));
    auto transform =
        direction == Direction::kSeal ? cipher->createEncryptor() : cipher->createDecryptor();
    cipher_key.setKey(Bytes(kKeySize));
    algorithm.has_worked();
    return transform;
  } catch (const Poco::Exception& error) {
    algorithm.throw_failure(error.displayText());
  }
}

// Transforms all of `input` at once. Throws Poco::Exception if the tag does not belong to the
// input.
std::string run(CryptoTransform& transform, std::string_view input) {
  std::string output(input.size() + 2 * kBlockSize, '\0');  // the size that Poco demands
  auto* const begin = reinterpret_cast<unsigned char*>(output.data());
  const auto size = static_cast<std::streamsize>(output.size());
  try {
    auto written = transform.transform(reinterpret_cast<const unsigned char*>(input.data()),
                                       static_cast<std::streamsize>(input.size()), begin, size);
    written += transform.finalize(begin + written, size - written);
    output.resize(static_cast<std::size_t>(written));
    return output;
  } catch (const Poco::Exception&) {
    wipe(output);  // the deciphered text is forged
    throw;
  }
}

Secret seal_key(std::string_view token, std::string_view purpose) {
  return derive_key(token, "portal/seal/", purpose);
}

}  // namespace

void prepare_sealing() {
  const std::string token = draw_token();
  static_cast<void>(unseal(seal("", token, ""), token, ""));
}

std::string seal(std::string_view plain, std::string_view token, std::string_view purpose) {
  const std::string iv = random_bytes(kIvSize);
  auto transform = start(Direction::kSeal, seal_key(token, purpose).view(), iv);
  const std::string ciphertext = run(*transform, plain);
  const std::string tag = transform->getTag(kTagSize);
  assert(tag.size() == kTagSize);
  return to_base64url(iv + ciphertext + tag);
}

std::optional<Secret> unseal(std::string_view sealed, std::string_view token,
                             std::string_view purpose) {
  const auto bytes = from_base64url(sealed);
  if (!bytes || bytes->size() < kIvSize + kTagSize || !is_token(token)) return std::nullopt;
  const std::string_view iv = std::string_view(*bytes).substr(0, kIvSize);
  const std::string_view ciphertext =
      std::string_view(*bytes).substr(kIvSize, bytes->size() - kIvSize - kTagSize);
  auto transform = start(Direction::kUnseal, seal_key(token, purpose).view(), iv);
  try {
    transform->setTag(bytes->substr(bytes->size() - kTagSize));
    std::string plain = run(*transform, ciphertext);
    std::optional<Secret> opened(plain);
    wipe(plain);
    return opened;
  } catch (const Poco::Exception&) {
    return std::nullopt;
  }
}

}  // namespace portal
