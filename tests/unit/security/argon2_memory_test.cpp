// The warm memory: that libsodium's hashes really use it, and that nothing else does.
#include "core/security/private/argon2_memory.h"

#include <gtest/gtest.h>
#include <sodium.h>
#include <sys/mman.h>

#include <array>
#include <cstring>
#include <string>
#include <thread>

#include "core/security/bytes.h"
#include "support.h"

namespace portal {
namespace {

// mmap itself, as libsodium calls it: with Poco's _FILE_OFFSET_BITS=64 ours would be mmap64.
extern "C" void* call_mmap(void* address, std::size_t size, int protection, int flags, int file,
                           off_t offset) noexcept __asm__("mmap");

constexpr std::size_t kMiB = std::size_t{1} << 20;

class Argon2MemoryTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { start_sodium(); }
  void SetUp() override {
#ifdef __SANITIZE_THREAD__
    GTEST_SKIP() << "ThreadSanitizer has an mmap of its own";
#endif
  }
};

// A hash with a fixed salt.
std::string raw_hash(std::size_t memory_size) {
  const std::array<unsigned char, crypto_pwhash_SALTBYTES> salt{};
  std::string out(32, '\0');
  EXPECT_EQ(0, crypto_pwhash(reinterpret_cast<unsigned char*>(out.data()), out.size(), "Passw0rd",
                             8, salt.data(), 2, memory_size, crypto_pwhash_ALG_ARGON2ID13));
  return out;
}

void* map_plain(std::size_t size) {
  return call_mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

TEST_F(Argon2MemoryTest, ServesHashesAndKeepsThePages) {
  const std::string expected = raw_hash(3 * kMiB);
  Argon2Memory memory(3 * kMiB);
  EXPECT_EQ(memory.held(), 0U);
  const Argon2Memory::Armed armed(memory);
  for (unsigned i = 1; i <= 3; ++i) {
    EXPECT_EQ(raw_hash(3 * kMiB), expected) << "what the last hash left must not matter";
    EXPECT_EQ(memory.served(), i) << "libsodium allocates in another way: see argon2_memory.h";
    EXPECT_EQ(memory.held(), 4 * kMiB);
  }
  memory.release();
  EXPECT_EQ(memory.held(), 0U);
  EXPECT_EQ(raw_hash(3 * kMiB), expected);
  EXPECT_EQ(memory.served(), 4U);
}

TEST_F(Argon2MemoryTest, ServesSmallerHashesToo) {
  const std::string expected = raw_hash(kMiB / 4);
  Argon2Memory memory(2 * kMiB);
  const Argon2Memory::Armed armed(memory);
  EXPECT_EQ(raw_hash(kMiB / 4), expected);
  EXPECT_EQ(memory.served(), 1U);
}

TEST_F(Argon2MemoryTest, LeavesLargerHashesToTheSystem) {
  const std::string expected = raw_hash(5 * kMiB);
  Argon2Memory memory(4 * kMiB);
  const Argon2Memory::Armed armed(memory);
  EXPECT_EQ(raw_hash(5 * kMiB), expected);
  EXPECT_EQ(memory.served(), 0U);
  EXPECT_EQ(memory.held(), 0U);
  EXPECT_FALSE(memory.failed());
}

TEST_F(Argon2MemoryTest, ServesOnlyWhileArmedAndOnlyThatThread) {
  Argon2Memory memory(2 * kMiB);
  raw_hash(2 * kMiB);
  {
    const Argon2Memory::Armed armed(memory);
    std::thread([] { raw_hash(2 * kMiB); }).join();
  }
  raw_hash(2 * kMiB);
  EXPECT_EQ(memory.served(), 0U);
}

TEST_F(Argon2MemoryTest, LendsToOneAtATime) {
  Argon2Memory memory(2 * kMiB);
  const Argon2Memory::Armed armed(memory);
  void* const first = map_plain(4096);
  void* const second = map_plain(4096);
  ASSERT_NE(second, MAP_FAILED);
  EXPECT_NE(first, second);
  EXPECT_EQ(memory.served(), 1U);
  std::memset(first, 1, 4096);
  std::memset(second, 2, 4096);
  EXPECT_EQ(munmap(second, 4096), 0);
  EXPECT_EQ(static_cast<char*>(first)[4095], 1);
  EXPECT_EQ(munmap(first, 4096), 0);
  EXPECT_EQ(map_plain(4096), first) << "free again";
  EXPECT_EQ(munmap(first, 4096), 0);
}

TEST_F(Argon2MemoryTest, LeavesOtherMappingsAlone) {
  Argon2Memory memory(2 * kMiB);
  const Argon2Memory::Armed armed(memory);
  void* const guard = call_mmap(nullptr, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  void* const shared =
      call_mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(guard, MAP_FAILED);
  ASSERT_NE(shared, MAP_FAILED);
  EXPECT_EQ(memory.served(), 0U);
  EXPECT_EQ(munmap(guard, 4096), 0);
  EXPECT_EQ(munmap(shared, 4096), 0);
}

TEST_F(Argon2MemoryTest, SaysWhenTheSystemHasNoMemory) {
  Argon2Memory memory(2 * kMiB);
  {
    const Argon2Memory::Armed armed(memory);
    constexpr std::size_t kMoreThanThereIs = std::size_t{1} << 56;
    EXPECT_EQ(map_plain(kMoreThanThereIs), MAP_FAILED);
    EXPECT_TRUE(memory.failed());
  }
  const Argon2Memory::Armed again(memory);
  EXPECT_FALSE(memory.failed());
}

TEST_F(Argon2MemoryTest, IsAlignedToHugePages) {
  Argon2Memory memory(19 * kMiB);
  const Argon2Memory::Armed armed(memory);
  void* const pages = map_plain(19 * kMiB);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(pages) % (2 * kMiB), 0U);
  std::memset(pages, 0x5a, 19 * kMiB);
  EXPECT_EQ(munmap(pages, 19 * kMiB), 0);
}

TEST_F(Argon2MemoryTest, GivesTheMemoryBackWhenItEnds) {
  const std::size_t before = resident_bytes();
  ASSERT_GT(before, 0U);
  {
    Argon2Memory memory(64 * kMiB);
    const Argon2Memory::Armed armed(memory);
    raw_hash(64 * kMiB);
    EXPECT_GT(resident_bytes(), before + 60 * kMiB);
  }
  EXPECT_LT(resident_bytes(), before + 8 * kMiB);
}

}  // namespace
}  // namespace portal
