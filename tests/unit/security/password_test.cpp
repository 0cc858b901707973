// Passwords: hashes that verify, hashes that do not, and what they cost.
#include "core/security/password.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include "core/security/token.h"
#include "support.h"

namespace portal {
namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20;
const std::string kPassword = "Passw0rd-あいう";

TEST(Password, HashCarriesTheConfiguredCost) {
  struct Case {
    std::int64_t memory_kib;
    std::int64_t iterations;
    const char* form;
  };
  const Case cases[] = {
      {8, 1, "m=8,t=1,p=1"},
      {9, 2, "m=9,t=2,p=1"},
      {1000, 3, "m=1000,t=3,p=1"},
      {19456, 2, "m=19456,t=2,p=1"},
  };
  for (const Case& c : cases) {
    PasswordHasher hasher(c.memory_kib, c.iterations, 1);
    const std::string encoded = hasher.hash(kPassword);
    const std::string front = "$argon2id$v=19$" + std::string(c.form) + "$";
    EXPECT_TRUE(encoded.starts_with(front)) << encoded;
    EXPECT_EQ(encoded.size(), front.size() + 22 + 1 + 43) << encoded;  // 16 and 32 bytes
    EXPECT_TRUE(hasher.verify(encoded, kPassword)) << encoded;
    EXPECT_FALSE(hasher.needs_rehash(encoded)) << encoded;
  }
}

TEST(Password, OnlyTheVeryPasswordVerifies) {
  PasswordHasher hasher(64, 1, 1);
  const std::string encoded = hasher.hash(kPassword);
  EXPECT_TRUE(hasher.verify(encoded, kPassword));
  for (const std::string& wrong :
       {std::string(), kPassword + " ", kPassword.substr(1), " " + kPassword,
        kPassword + std::string(1, '\0'), std::string("passw0rd-あいう"), encoded}) {
    EXPECT_FALSE(hasher.verify(encoded, wrong)) << wrong;
  }
}

TEST(Password, SamePasswordNeverTheSameHash) {
  PasswordHasher hasher(8, 1, 1);
  EXPECT_NE(hasher.hash(kPassword), hasher.hash(kPassword));
}

TEST(Password, HashedWhole) {
  PasswordHasher hasher(64, 1, 1);
  std::string longest;
  for (int i = 0; i < 100; ++i) longest += "𠮷";
  ASSERT_EQ(longest.size(), 400U);
  std::string last_byte = longest;
  last_byte.back() = static_cast<char>(last_byte.back() ^ 1);
  const std::string encoded = hasher.hash(longest);
  EXPECT_TRUE(hasher.verify(encoded, longest));
  EXPECT_FALSE(hasher.verify(encoded, last_byte));
  EXPECT_FALSE(hasher.verify(encoded, longest.substr(0, 399)));

  const std::string with_nul("Passw0rd\0tail", 13);
  const std::string encoded_nul = hasher.hash(with_nul);
  EXPECT_TRUE(hasher.verify(encoded_nul, with_nul));
  EXPECT_FALSE(hasher.verify(encoded_nul, "Passw0rd"));

  EXPECT_TRUE(hasher.verify(hasher.hash(""), ""));
}

// Made with libargon2 20171227 (the reference implementation).
TEST(Password, VerifiesHashesOfAnotherImplementationAndCost) {
  struct Case {
    const char* encoded;
    std::string password;
  };
  const Case cases[] = {
      {"$argon2id$v=19$m=64,t=3,p=1$MDEyMzQ1Njc4OWFiY2RlZg$"
       "jpbaHWYG7OLv2g2VOTSg+vAkbBB5wtp2kA4gvT3/GNE",
       kPassword},
      {"$argon2id$v=19$m=256,t=2,p=1$ZmVkY2JhOTg3NjU0MzIxMA$"
       "HdWf4H83zUs68b18cjRG87BNN/KIqzmNxx55fe3LrJ0",
       "Passw0rd"},
      {"$argon2id$v=19$m=32,t=1,p=2$ZmVkY2JhOTg$/c6EjAZCtgRrOsl7XRW6nDP4gKS1nM7peL2y9gWUSmo",
       "Passw0rd"},
  };
  PasswordHasher hasher(128, 2, 1);
  for (const Case& c : cases) {
    EXPECT_TRUE(hasher.verify(c.encoded, c.password)) << c.encoded;
    EXPECT_FALSE(hasher.verify(c.encoded, c.password + "x")) << c.encoded;
    EXPECT_TRUE(hasher.needs_rehash(c.encoded)) << c.encoded;
  }
}

// More than the warm memory holds, which is rounded up to 2 MiB.
TEST(Password, VerifiesHashesThatNeedMoreMemoryThanConfigured) {
  PasswordHasher large(8192, 1, 1);
  PasswordHasher small(64, 1, 1);
  const std::string encoded = large.hash(kPassword);
  EXPECT_TRUE(small.verify(encoded, kPassword));
  EXPECT_FALSE(small.verify(encoded, "Passw0rd"));
  EXPECT_TRUE(large.verify(small.hash(kPassword), kPassword));
}

TEST(Password, NeedsRehash) {
  PasswordHasher hasher(64, 2, 1);
  const std::string salt_and_hash =
      "$ZmVkY2JhOTg3NjU0MzIxMA$HdWf4H83zUs68b18cjRG87BNN/KIqzmNxx55fe3LrJ0";
  EXPECT_FALSE(hasher.needs_rehash("$argon2id$v=19$m=64,t=2,p=1" + salt_and_hash));
  EXPECT_TRUE(hasher.needs_rehash("$argon2id$v=19$m=65,t=2,p=1" + salt_and_hash));
  EXPECT_TRUE(hasher.needs_rehash("$argon2id$v=19$m=64,t=3,p=1" + salt_and_hash));
  EXPECT_TRUE(hasher.needs_rehash("$argon2id$v=19$m=64,t=2,p=2" + salt_and_hash));
  EXPECT_TRUE(hasher.needs_rehash("$argon2i$v=19$m=64,t=2,p=1" + salt_and_hash));
  EXPECT_TRUE(hasher.needs_rehash(""));
  EXPECT_TRUE(hasher.needs_rehash("no hash"));
}

// Time of this process alone, so that what else runs does not count. It hashes on other threads.
double cpu_seconds(const std::function<void()>& work) {
  const auto now = [] {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
  };
  const double before = now();
  work();
  return now() - before;
}

TEST(Password, WhatIsNoHashIsRefusedAfterTheSameWork) {
  struct Case {
    const char* label;
    std::string encoded;
  };
  const std::string salt = "$ZmVkY2JhOTg3NjU0MzIxMA";
  const std::string hash = "$HdWf4H83zUs68b18cjRG87BNN/KIqzmNxx55fe3LrJ0";
  const std::string right = "$argon2id$v=19$m=8,t=1,p=1";
  const Case cases[] = {
      {"empty", ""},
      {"plain text", kPassword},
      {"a NUL", std::string(1, '\0')},
      {"bcrypt", "$2b$12$abcdefghijklmnopqrstuuN8u9fVYyZ8Fj3eWm0FfV3Fh1zT8bQ6G"},
      {"argon2i", "$argon2i$v=19$m=8,t=3,p=1" + salt + hash},
      {"argon2d", "$argon2d$v=19$m=8,t=3,p=1" + salt + hash},
      {"scrypt", "$7$C6..../....SodiumChloride$kBGj9fHznVYFQMEn/qDCfrDevf9YDtcDdKvEqHJLV8D"},
      {"no version", "$argon2id$m=8,t=1,p=1" + salt + hash},
      {"old version", "$argon2id$v=16$m=8,t=1,p=1" + salt + hash},
      {"no salt", right + "$" + hash},
      {"short salt", right + "$AAAA" + hash},
      {"no hash", right + salt},
      {"empty hash", right + salt + "$"},
      {"text behind", right + salt + hash + "$"},
      {"line break behind", right + salt + hash + "\n"},
      {"NUL behind", right + salt + hash + std::string(1, '\0')},
      {"non-canonical base64", right + salt + "$HdWf4H83zUs68b18cjRG87BNN/KIqzmNxx55fe3LrJ1"},
      {"too long", right + salt + "$" + std::string(4096, 'A')},
      {"no memory", "$argon2id$v=19$m=0,t=1,p=1" + salt + hash},
      {"too little memory", "$argon2id$v=19$m=7,t=1,p=1" + salt + hash},
      {"no pass", "$argon2id$v=19$m=8,t=0,p=1" + salt + hash},
      {"no lane", "$argon2id$v=19$m=8,t=1,p=0" + salt + hash},
      {"negative", "$argon2id$v=19$m=-8,t=1,p=1" + salt + hash},
      {"leading zero", "$argon2id$v=19$m=08,t=1,p=1" + salt + hash},
      {"over 1 GiB", "$argon2id$v=19$m=1048577,t=1,p=1" + salt + hash},
      {"4 GiB", "$argon2id$v=19$m=4194304,t=1,p=1" + salt + hash},
      {"4 TiB", "$argon2id$v=19$m=4294967295,t=1,p=1" + salt + hash},
      {"over 32 bits", "$argon2id$v=19$m=4294967304,t=1,p=1" + salt + hash},
      {"over 64 bits", "$argon2id$v=19$m=18446744073709551624,t=1,p=1" + salt + hash},
      {"101 passes", "$argon2id$v=19$m=8,t=101,p=1" + salt + hash},
      {"2^32-1 passes", "$argon2id$v=19$m=8,t=4294967295,p=1" + salt + hash},
  };
  PasswordHasher hasher(4096, 2, 1);
  const std::string real = hasher.hash(kPassword);
  ASSERT_TRUE(hasher.verify(real, kPassword));
  const double work = cpu_seconds([&] { hasher.verify(real, "Passw0rd"); });
  for (const Case& c : cases) {
    bool answer = true;
    const double spent = cpu_seconds([&] { answer = hasher.verify(c.encoded, kPassword); });
    EXPECT_FALSE(answer) << c.label;
    EXPECT_GT(spent, work / 4) << c.label;
  }
}

TEST(Password, TurnsAreTakenByHashAndVerify) {
  PasswordHasher hasher(64, 1, 1);
  const std::string encoded = hasher.hash(kPassword);
  EXPECT_EQ(hasher.load().waiting, 0U);
  std::atomic<bool> stop = false;
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&] {
      while (!stop) hasher.hash(kPassword);
    });
    threads.emplace_back([&] {
      while (!stop) hasher.verify(encoded, kPassword);
    });
  }
  EXPECT_TRUE(eventually([&] { return hasher.load().waiting == 3; }));
  stop = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(hasher.load().waiting, 0U);
}

TEST(Password, ThreadsDoNotDisturbEachOther) {
  PasswordHasher hasher(256, 1, 3);
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      const std::string password = draw_token();
      for (int round = 0; round < 20; ++round) {
        const std::string encoded = hasher.hash(password);
        EXPECT_TRUE(hasher.verify(encoded, password));
        EXPECT_FALSE(hasher.verify(encoded, kPassword));
        EXPECT_FALSE(hasher.verify("", password));
        hasher.release_idle(std::chrono::seconds(0));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

// That memory stays at all shows that libsodium uses ours; its own it would have unmapped.
TEST(Password, MemoryIsKeptWarmAndGivenBackWhenIdle) {
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "ThreadSanitizer has an mmap of its own";
#endif
  const std::size_t before = resident_bytes();
  ASSERT_GT(before, 0U);
  PasswordHasher hasher(65536, 1, 2);
  EXPECT_LT(resident_bytes(), before + 8 * kMiB) << "none before the first hash";
  const std::string encoded = hasher.hash(kPassword);
  EXPECT_GT(resident_bytes(), before + 60 * kMiB);
  hasher.release_idle();
  EXPECT_GT(resident_bytes(), before + 60 * kMiB) << "used a moment ago";
  hasher.release_idle(std::chrono::seconds(0));
  EXPECT_LT(resident_bytes(), before + 8 * kMiB);
  EXPECT_TRUE(hasher.verify(encoded, kPassword));
}

// Runs `call` with 32 MiB left to map; exits with 0 if it throws std::bad_alloc.
[[noreturn]] void with_little_memory(const std::function<void()>& call) {
  std::ifstream statm("/proc/self/statm");
  rlim_t pages = 0;
  statm >> pages;
  const rlim_t most = pages * static_cast<rlim_t>(sysconf(_SC_PAGESIZE)) + 32 * kMiB;
  const rlimit limit{most, most};
  if (pages == 0 || setrlimit(RLIMIT_AS, &limit) != 0) std::_Exit(3);
  try {
    call();
  } catch (const std::bad_alloc&) {
    std::_Exit(0);
  }
  std::_Exit(2);
}

TEST(PasswordDeathTest, LackOfMemoryIsNoWrongPassword) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "the sanitizer itself needs the memory";
#endif
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  PasswordHasher large(131072, 1, 1);
  PasswordHasher small(8, 1, 1);
  const std::string encoded = large.hash(kPassword);
  large.release_idle(std::chrono::seconds(0));
  const auto exits_well = ::testing::ExitedWithCode(0);
  const auto answers = ::testing::ExitedWithCode(2);
  EXPECT_EXIT(with_little_memory([&] { small.hash(kPassword); }), answers, "");
  EXPECT_EXIT(with_little_memory([&] { large.hash(kPassword); }), exits_well, "");
  EXPECT_EXIT(with_little_memory([&] { large.verify(encoded, kPassword); }), exits_well, "");
  EXPECT_EXIT(with_little_memory([&] { small.verify(encoded, kPassword); }), exits_well, "");
}

TEST(PasswordDeathTest, AnImpossibleCostIsAFault) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(PasswordHasher(7, 1, 1), "cost_of");
  EXPECT_DEATH(PasswordHasher(8, 0, 1), "cost_of");
  EXPECT_DEATH(PasswordHasher(8, 1, 0), "count > 0");
}

}  // namespace
}  // namespace portal
