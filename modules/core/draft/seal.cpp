#include "core/draft/seal.h"

#include <openssl/err.h>
#include <openssl/evp.h>

#include <cassert>
#include <limits>
#include <memory>
#include <new>
#include <stdexcept>

#include "core/security/bytes.h"
#include "core/security/key_derivation.h"
#include "core/security/token.h"

namespace portal {
namespace {

constexpr std::size_t kKeySize = 32;
constexpr std::size_t kIvSize = 12;
constexpr std::size_t kTagSize = 16;

enum class Direction : int { kUnseal = 0, kSeal = 1 };  // as EVP_CipherInit_ex2 has them

struct Free {
  void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER, Free>;

// Without memory OpenSSL says that it has no such algorithm; so it is found once, at the start.
Cipher find_cipher() {
  Cipher cipher(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
  if (cipher) return cipher;
  ERR_clear_error();
  throw std::runtime_error("OpenSSL: no AES-256-GCM; look at its providers in openssl.cnf");
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// Enciphers or deciphers one text. OpenSSL itself and not Poco::Crypto, which starts OpenSSL's TLS
// and its own random numbers as well: a seventh of the start of a step that needs neither.
class Transform {
 public:
  Transform(Direction direction, std::string_view key, std::string_view iv)
      : context_(EVP_CIPHER_CTX_new()) {
    assert(key.size() == kKeySize && iv.size() == kIvSize);
    static const Cipher cipher = find_cipher();
    check(context_ != nullptr &&
          EVP_CipherInit_ex2(context_.get(), cipher.get(), bytes_of(key), bytes_of(iv),
                             static_cast<int>(direction), nullptr) == 1);
  }

  // All of the text at once: GCM gives as many bytes as it gets.
  std::string run(std::string_view input) {
    assert(input.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()));
    if (input.empty()) return {};  // it may be a null pointer, which OpenSSL takes for the end
    std::string output(input.size(), '\0');
    int written = 0;
    check(EVP_CipherUpdate(context_.get(), reinterpret_cast<unsigned char*>(output.data()),
                           &written, bytes_of(input), static_cast<int>(input.size())) == 1);
    assert(static_cast<std::size_t>(written) == output.size());
    return output;
  }

  // After run(). False if the tag that was set does not belong to the text.
  bool finish() {
    unsigned char none = 0;
    int written = 0;
    const bool belongs = EVP_CipherFinal_ex(context_.get(), &none, &written) == 1;
    if (!belongs) ERR_clear_error();
    return belongs;
  }

  std::string tag() {
    std::string tag(kTagSize, '\0');
    check(EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_AEAD_GET_TAG, kTagSize, tag.data()) == 1);
    return tag;
  }

  void expect_tag(std::string tag) {
    assert(tag.size() == kTagSize);
    check(EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_AEAD_SET_TAG, kTagSize, tag.data()) == 1);
  }

 private:
  // With a cipher that there is and sizes that are right, OpenSSL fails for want of memory alone.
  static void check(bool done) {
    if (done) return;
    ERR_clear_error();
    throw std::bad_alloc();
  }

  std::unique_ptr<EVP_CIPHER_CTX, Free> context_;
};

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
  Transform transform(Direction::kSeal, seal_key(token, purpose).view(), iv);
  const std::string ciphertext = transform.run(plain);
  if (!transform.finish()) throw std::bad_alloc();
  return to_base64url(iv + ciphertext + transform.tag());
}

std::optional<Secret> unseal(std::string_view sealed, std::string_view token,
                             std::string_view purpose) {
  const auto bytes = from_base64url(sealed);
  if (!bytes || bytes->size() < kIvSize + kTagSize || !is_token(token)) return std::nullopt;
  const std::string_view iv = std::string_view(*bytes).substr(0, kIvSize);
  const std::string_view ciphertext =
      std::string_view(*bytes).substr(kIvSize, bytes->size() - kIvSize - kTagSize);
  Transform transform(Direction::kUnseal, seal_key(token, purpose).view(), iv);
  transform.expect_tag(bytes->substr(bytes->size() - kTagSize));
  std::string plain = transform.run(ciphertext);
  std::optional<Secret> opened;
  if (transform.finish()) opened.emplace(plain);
  wipe(plain);  // what was forged as well
  return opened;
}

}  // namespace portal
