// Sealing: what comes back, and that nothing else does.
#include "core/draft/seal.h"

#include <gtest/gtest.h>
#include <openssl/crypto.h>

#include <cstdlib>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "core/security/bytes.h"
#include "core/security/token.h"

namespace portal {
namespace {

constexpr std::string_view kPurpose = "draft";
constexpr std::size_t kAround = 12 + 16;  // IV and tag

std::string opened(const std::string& sealed, std::string_view token, std::string_view purpose) {
  const auto plain = unseal(sealed, token, purpose);
  return plain ? std::string(plain->view()) : "(nothing)";
}

TEST(Seal, GivesBackWhatWasSealed) {
  struct Case {
    const char* label;
    std::string plain;
  };
  const Case cases[] = {
      {"nothing", ""},
      {"one byte", "x"},
      {"a block less one", std::string(15, 'b')},
      {"a block", std::string(16, 'b')},
      {"a block and one", std::string(17, 'b')},
      {"Japanese", "やまだ鍼灸整骨院"},
      {"NUL and high bytes", std::string("\0\xff\x80\0", 4)},
      {"a draft", std::string(600, 'd')},
      {"64 KiB", std::string(65536, 'k')},
  };
  const std::string token = draw_token();
  for (const Case& c : cases) {
    const std::string sealed = seal(c.plain, token, kPurpose);
    const auto bytes = from_base64url(sealed);
    ASSERT_TRUE(bytes.has_value()) << c.label;
    EXPECT_EQ(bytes->size(), c.plain.size() + kAround) << c.label;
    EXPECT_EQ(opened(sealed, token, kPurpose), c.plain) << c.label;
  }
}

TEST(Seal, GivesBackAViewOfNothing) {
  const std::string token = draw_token();
  EXPECT_EQ(opened(seal(std::string_view(), token, kPurpose), token, kPurpose), "");
}

// Made with libsodium's AES-256-GCM and Python's hmac: the form must not change by accident.
TEST(Seal, OpensWhatAnotherImplementationSealed) {
  EXPECT_EQ(opened("ZGVmZ2hpamtsbW5vEodtvB9d5a2DW8y5BsYr_NEu399rjW8CbQ",
                   "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", kPurpose),
            "施術所");
}

TEST(Seal, NeverTheSameTwice) {
  const std::string token = draw_token();
  std::set<std::string> ivs;
  for (int i = 0; i < 1000; ++i) ivs.insert(seal("same", token, kPurpose).substr(0, 16));
  EXPECT_EQ(ivs.size(), 1000U);
}

TEST(Seal, EachFlippedBitIsRefused) {
  const std::string token = draw_token();
  const std::string bytes = from_base64url(seal("施術所 secret", token, kPurpose)).value();
  ASSERT_EQ(opened(to_base64url(bytes), token, kPurpose), "施術所 secret");
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::string changed = bytes;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(unseal(to_base64url(changed), token, kPurpose).has_value()) << "bit " << bit;
  }
}

TEST(Seal, EachOtherLengthIsRefused) {
  const std::string token = draw_token();
  const std::string sealed = seal("施術所 secret", token, kPurpose);
  const std::string bytes = from_base64url(sealed).value();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(unseal(to_base64url(bytes.substr(0, size)), token, kPurpose)) << "front " << size;
    EXPECT_FALSE(unseal(to_base64url(bytes.substr(size + 1)), token, kPurpose)) << "end " << size;
  }
  EXPECT_FALSE(unseal(to_base64url(bytes + '\0'), token, kPurpose));
  EXPECT_FALSE(unseal(sealed + "A", token, kPurpose));
  EXPECT_FALSE(unseal(sealed + "=", token, kPurpose));
  EXPECT_FALSE(unseal(sealed + "\n", token, kPurpose));
}

// 28 bytes, one over a multiple of three: the text's last character has four bits to spare.
TEST(Seal, TextThatIsNotCanonicalIsRefused) {
  const std::string token = draw_token();
  const std::string sealed = seal("", token, kPurpose);
  ASSERT_EQ(sealed.size() % 4, 2U);
  int accepted = 0;
  for (int c = 0; c < 256; ++c) {
    const std::string changed = sealed.substr(0, sealed.size() - 1) + static_cast<char>(c);
    accepted += unseal(changed, token, kPurpose).has_value() ? 1 : 0;
  }
  EXPECT_EQ(accepted, 1);
}

TEST(Seal, OpensOnlyForTheSameTokenAndPurpose) {
  const std::string token = draw_token();
  const std::string sealed = seal("secret", token, kPurpose);
  EXPECT_EQ(opened(sealed, token, kPurpose), "secret");
  EXPECT_FALSE(unseal(sealed, draw_token(), kPurpose));
  EXPECT_FALSE(unseal(sealed, derive_token(token, kPurpose), kPurpose));
  EXPECT_FALSE(unseal(sealed, token_hash(token), kPurpose));
  EXPECT_FALSE(unseal(sealed, token, "drafts"));
  EXPECT_FALSE(unseal(sealed, token, "draf"));
  EXPECT_FALSE(unseal(sealed, token, ""));
}

// A cookie is whatever a browser sends.
TEST(Seal, WithoutATokenNothingOpens) {
  const std::string sealed = seal("secret", draw_token(), kPurpose);
  EXPECT_FALSE(unseal(sealed, "", kPurpose));
  EXPECT_FALSE(unseal(sealed, "short", kPurpose));
  EXPECT_FALSE(unseal(sealed, std::string(44, 'A'), kPurpose));
}

TEST(Seal, ThreadsDoNotDisturbEachOther) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([i] {
      const std::string token = draw_token();
      const std::string plain = "draft of thread " + std::to_string(i);
      for (int round = 0; round < 200; ++round) {
        EXPECT_EQ(opened(seal(plain, token, kPurpose), token, kPurpose), plain);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

// OpenSSL's memory ends after so many allocations.
int allocations_left = 0;
void* allocate(std::size_t size, const char*, int) {
  return allocations_left-- > 0 ? std::malloc(size) : nullptr;
}
void* allocate_again(void* old, std::size_t size, const char*, int) {
  return allocations_left-- > 0 ? std::realloc(old, size) : nullptr;
}
void release(void* memory, const char*, int) {
  std::free(memory);
}

// What each request asks for several times: with OpenSSL it would look for the algorithm, and
// allocate for it, each time.
[[noreturn]] void derive_and_hash_without_memory() {
  constexpr int kPlenty = 1'000'000;
  if (CRYPTO_set_mem_functions(allocate, allocate_again, release) != 1) std::exit(2);
  allocations_left = kPlenty;
  prepare_sealing();
  if (allocations_left == kPlenty) std::exit(3);  // nothing is counted
  const std::string token(43, 'A');
  const auto derived = derive_token(token, kPurpose);
  const auto hashed = token_hash(token);
  allocations_left = 0;
  const bool same = derive_token(token, kPurpose) == derived && token_hash(token) == hashed;
  std::exit(same && allocations_left == 0 ? 0 : 4);
}

// A new process, because OpenSSL takes other functions for memory only before it has allocated any.
TEST(SealDeathTest, DerivingAndHashingNeedNothingOfOpenSsl) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(derive_and_hash_without_memory(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace portal
