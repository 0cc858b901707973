// Loaded before libc (LD_PRELOAD): a machine on which something is used up.
//   SHORTAGE_OF_MEMORY=FILE:SEED:N
//     while FILE begins with 1, one of N requests for memory fails, drawn by SEED; in the portal's
//     programs alone, and not on their first thread, so that they can start
//   SHORTAGE_OF_THREADS=N
//     the program can start only so many threads
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
}

namespace {

const volatile char* begun = nullptr;
std::atomic<std::uint64_t> drawn{0};
std::uint64_t one_of = 0;

struct Begin {
  Begin() {
    char name[4096];
    unsigned long long seed = 0;
    unsigned long long number = 0;
    const char* value = std::getenv("SHORTAGE_OF_MEMORY");
    if (value == nullptr || std::sscanf(value, "%4095[^:]:%llu:%llu", name, &seed, &number) != 3) {
      return;
    }
    const int file = open(name, O_RDONLY | O_CLOEXEC);
    void* const page = mmap(nullptr, 1, PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (page == MAP_FAILED) std::abort();
    drawn = seed + static_cast<unsigned long long>(getpid());
    one_of = number;
    begun = static_cast<const char*>(page);
  }
} begin;

// https://prng.di.unimi.it/splitmix64.c
bool fails() {
  if (begun == nullptr || *begun != '1') return false;
  thread_local const bool first = syscall(SYS_gettid) == getpid();
  if (first) return false;
  std::uint64_t z = drawn += 0x9e3779b97f4a7c15U;
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  if ((z ^ (z >> 31U)) % one_of != 0) return false;
  errno = ENOMEM;
  return true;
}

}  // namespace

extern "C" {

void* malloc(std::size_t size) noexcept {
  return fails() ? nullptr : __libc_malloc(size);
}

void* calloc(std::size_t count, std::size_t size) noexcept {
  return fails() ? nullptr : __libc_calloc(count, size);
}

void* realloc(void* memory, std::size_t size) noexcept {
  return fails() ? nullptr : __libc_realloc(memory, size);
}

int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*run)(void*),
                   void* argument) noexcept {
  using Create = int(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
  static auto* const original = reinterpret_cast<Create*>(dlsym(RTLD_NEXT, "pthread_create"));
  static std::atomic<int> started{0};
  const char* most = std::getenv("SHORTAGE_OF_THREADS");
  if (most != nullptr && started++ >= std::atoi(most)) return EAGAIN;
  return original(thread, attributes, run, argument);
}
}
