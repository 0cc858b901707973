// Tokens: their text, their hash, and the tokens derived from them.
#include "core/security/token.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "core/security/bytes.h"
#include "core/security/key_derivation.h"

namespace portal {
namespace {

// The bytes 0, 1, … 31.
const std::string kToken = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

TEST(Token, IsFoundInWhatMailProgramsMakeOfALink) {
  const std::string token = draw_token();
  for (const auto* tail :
       {"", "。", ">", "=", "%20", " ", "）", "\r\n", "?", "x", "==", "&amp;", "」"}) {
    EXPECT_EQ(read_token(token + tail), token) << tail;
  }
  EXPECT_EQ(read_token(" " + token), token);
  EXPECT_EQ(read_token(token.substr(0, 20) + "\r\n " + token.substr(20)), token) << "in two lines";
  EXPECT_EQ(read_token(token.substr(0, 20) + "　" + token.substr(20)), token);
  EXPECT_EQ(read_token(token.substr(0, 42)), "");
  EXPECT_EQ(read_token("=" + token), "");
  EXPECT_EQ(read_token(""), "");
}

TEST(Token, DrawnOnesDifferAndAreTokens) {
  std::set<std::string> drawn;
  for (int i = 0; i < 1000; ++i) {
    const std::string token = draw_token();
    EXPECT_TRUE(is_token(token)) << token;
    drawn.insert(token);
  }
  EXPECT_EQ(drawn.size(), 1000U);
}

TEST(Token, DrawnIdsDifferAndAreNoTokens) {
  std::set<std::string> drawn;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = draw_id();
    ASSERT_EQ(id.size(), 22U);
    const auto bytes = from_base64url(id);
    ASSERT_TRUE(bytes.has_value()) << id;
    EXPECT_EQ(bytes->size(), 16U);
    EXPECT_FALSE(is_token(id));
    EXPECT_FALSE(id.starts_with("-")) << id << " would be an option of portalctl";
    drawn.insert(id);
  }
  EXPECT_EQ(drawn.size(), 1000U);
}

TEST(Token, RequestIdsAreHexadecimal) {
  const std::string id = draw_request_id();
  EXPECT_EQ(id.size(), 32U);
  EXPECT_EQ(id.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_NE(id, draw_request_id());
}

TEST(Token, OnlyCanonicalTextIsOne) {
  struct Case {
    const char* label;
    std::string text;
    bool expected;
  };
  const std::string most = kToken.substr(0, 42);
  const Case cases[] = {
      {"a token", kToken, true},
      {"all zero", std::string(43, 'A'), true},
      {"with - and _", "-_" + kToken.substr(2), true},
      {"empty", "", false},
      {"one short", most, false},
      {"one long", kToken + "A", false},
      {"another token behind it", kToken + kToken, false},
      {"last bit set", most + "9", false},
      {"last bit but one set", most + "-", false},
      {"padded", kToken + "=", false},
      {"padded, length right", most + "=", false},
      {"the other alphabet's +", "+" + kToken.substr(1), false},
      {"the other alphabet's /", "/" + kToken.substr(1), false},
      {"a space in it", kToken.substr(0, 20) + " " + kToken.substr(21), false},
      {"a line break in it", kToken.substr(0, 20) + "\n" + kToken.substr(21), false},
      {"a line break behind it", kToken + "\n", false},
      {"a NUL in it", kToken.substr(0, 20) + std::string(1, '\0') + kToken.substr(21), false},
      {"no ASCII", kToken.substr(0, 40) + "あ", false},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(is_token(c.text), c.expected) << c.label;
  }
}

TEST(Token, NoOtherLastCharacterGivesTheSameBytes) {
  int accepted = 0;
  for (int c = 0; c < 256; ++c) {
    accepted += is_token(kToken.substr(0, 42) + static_cast<char>(c)) ? 1 : 0;
  }
  EXPECT_EQ(accepted, 16);  // 43 characters carry 258 bits: the last two are always 0
}

TEST(Token, HashIsSha256) {
  EXPECT_EQ(token_hash("abc"), "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");  // FIPS 180-4
  EXPECT_EQ(token_hash(""), "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU");
}

// RFC 5869, appendix A.3 (no salt, no info), the first 32 bytes.
TEST(Token, KeyDerivationIsHkdfSha256) {
  const std::string key(22, '\x0b');
  const Secret derived = hkdf_sha256(key, "");
  EXPECT_EQ(derived.view(),
            "\x8d\xa4\xe7\x75\xa5\x63\xc1\x8f\x71\x5f\x80\x2a\x06\x3c\x5a\x31"
            "\xb8\xa1\x1f\x5c\x5e\xe1\x87\x9e\xc3\x45\x4e\x5f\x3c\x73\x8d\x2d");
}

TEST(Token, DerivedTokenIsTheSameEachTime) {
  // Computed with Python's hmac: links that are under way must survive a new version.
  EXPECT_EQ(derive_token(kToken, "activate"), "UdfrnE7a6la4rwIIDJPoymIaC-2n29RgfKNbi3L71E8");
  EXPECT_TRUE(is_token(derive_token(kToken, "activate")));
}

TEST(Token, DerivedTokensDiffer) {
  const std::string other = draw_token();
  const std::set<std::string> all = {
      kToken,
      derive_token(kToken, "activate"),
      derive_token(kToken, "activatf"),
      derive_token(kToken, ""),
      derive_token(kToken, std::string("activate\0", 9)),
      derive_token(other, "activate"),
      derive_token(derive_token(kToken, "activate"), "activate"),
      to_base64url(derive_key(kToken, "portal/seal/", "activate").view()),
  };
  EXPECT_EQ(all.size(), 8U);
}

TEST(TokenDeathTest, DerivingFromNoTokenIsAFault) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(derive_token("short", "activate"), "is_token");
}

TEST(Token, SameSecret) {
  EXPECT_TRUE(same_secret("", ""));
  EXPECT_TRUE(same_secret(kToken, kToken));
  EXPECT_FALSE(same_secret(kToken, ""));
  EXPECT_FALSE(same_secret(kToken, kToken.substr(0, 42)));
  for (std::size_t i = 0; i < kToken.size(); ++i) {
    std::string changed = kToken;
    changed[i] = '~';
    EXPECT_FALSE(same_secret(kToken, changed)) << i;
  }
}

}  // namespace
}  // namespace portal
