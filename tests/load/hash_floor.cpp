// hash_floor THREADS SECONDS: makes hashes as the portal does (libsodium's Argon2id at the cost
// that is delivered), on memory that each thread keeps on huge pages, and nothing else. Prints what
// one costs, as JSON. The floor of `run`.
#include <sodium.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMemory = std::size_t{19456} * 1024;
constexpr std::size_t kHugePage = std::size_t{2} << 20;
constexpr std::string_view kPassword = "correct horse battery staple";
constexpr unsigned long long kIterations = 2;

thread_local bool is_hashing = false;
thread_local void* kept = nullptr;

void* plain_mmap(void* address, std::size_t size, int protection, int flags, int file,
                 off_t offset) {
  return reinterpret_cast<void*>(
      ::syscall(SYS_mmap, address, size, protection, flags, file, offset));
}

void* map_huge() {
  const std::size_t size = (kMemory / kHugePage + 2) * kHugePage;
  void* const begin =
      plain_mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (begin == MAP_FAILED) std::abort();
  const auto address = reinterpret_cast<std::uintptr_t>(begin);
  void* const aligned = reinterpret_cast<void*>((address + kHugePage - 1) / kHugePage * kHugePage);
  ::madvise(aligned, size - kHugePage, MADV_HUGEPAGE);
  return aligned;
}

}  // namespace

// libsodium maps its memory for each hash and unmaps it afterwards; the linker prefers these.
extern "C" void* mmap(void* address, std::size_t size, int protection, int flags, int file,
                      off_t offset) noexcept {
  if (!is_hashing) return plain_mmap(address, size, protection, flags, file, offset);
  if (kept == nullptr) kept = map_huge();
  return kept;
}

extern "C" int munmap(void* address, std::size_t size) noexcept {
  if (is_hashing && address == kept) return 0;
  return static_cast<int>(::syscall(SYS_munmap, address, size));
}

namespace {

std::uint64_t hash_until(Clock::time_point end) {
  std::uint64_t count = 0;
  std::array<char, crypto_pwhash_STRBYTES> encoded{};
  is_hashing = true;
  for (; Clock::now() < end; ++count) {
    if (crypto_pwhash_str_alg(encoded.data(), kPassword.data(), kPassword.size(), kIterations,
                              kMemory, crypto_pwhash_ALG_ARGON2ID13) != 0) {
      std::abort();
    }
  }
  is_hashing = false;
  return count;
}

double cpu_milliseconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto milliseconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
  };
  return milliseconds(used.ru_utime) + milliseconds(used.ru_stime);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 || sodium_init() < 0) {
    std::cerr << "usage: hash_floor THREADS SECONDS\n";
    return 2;
  }
  const auto threads = std::stoul(argv[1]);
  hash_until(Clock::now());  // the library has chosen its code
  const double used = cpu_milliseconds();
  const auto start = Clock::now();
  const auto end = start + std::chrono::duration_cast<Clock::duration>(
                               std::chrono::duration<double>(std::stod(argv[2])));
  std::vector<std::uint64_t> counts(threads);
  {
    std::vector<std::jthread> all;
    for (auto& count : counts) all.emplace_back([&count, end] { count = hash_until(end); });
  }
  const std::chrono::duration<double, std::milli> passed = Clock::now() - start;
  std::uint64_t sum = 0;
  for (const auto count : counts) sum += count;
  const auto hashes = static_cast<double>(sum);
  std::cout << "{\"cpu_ms\": " << (cpu_milliseconds() - used) / hashes
            << ", \"wall_ms\": " << passed.count() * static_cast<double>(threads) / hashes
            << ", \"per_s\": " << hashes / passed.count() * 1e3 << "}\n";
}
