#include "core/security/private/argon2_memory.h"

#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include <cassert>

// The labels are the names that the linker sees: with Poco's _FILE_OFFSET_BITS=64 a function called
// mmap would become mmap64, which is the system's own, and which libsodium does not call.
extern "C" {
void* mmap_of_programs(void* address, std::size_t size, int protection, int flags, int file,
                       off_t offset) noexcept __asm__("mmap");
int munmap_of_programs(void* address, std::size_t size) noexcept __asm__("munmap");
void* system_mmap(void* address, std::size_t size, int protection, int flags, int file,
                  off_t offset) noexcept __asm__("mmap64");
}
static_assert(sizeof(off_t) == 8 && sizeof(long) == 8, "then mmap and mmap64 are the same");

namespace {

int system_munmap(void* address, std::size_t size) noexcept {
  return static_cast<int>(syscall(SYS_munmap, address, size));
}

}  // namespace

namespace portal {
namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20;

thread_local Argon2Memory* armed_memory = nullptr;

}  // namespace

Argon2Memory::Argon2Memory(std::size_t size)
    : size_((size + kHugePage - 1) / kHugePage * kHugePage) {}

Argon2Memory::~Argon2Memory() {
  assert(!lent_);
}

Argon2Memory::Armed::Armed(Argon2Memory& memory) {
  assert(armed_memory == nullptr);
  memory.failed_ = false;
  armed_memory = &memory;
}

Argon2Memory::Armed::~Armed() {
  armed_memory = nullptr;
}

void Argon2Memory::Unmap::operator()(void* pages) const {
  system_munmap(pages, size);
}

// Maps memory that is aligned to huge pages: it maps one page more than needed and gives the ends
// back.
Argon2Memory::Pages Argon2Memory::map(std::size_t size) {
  void* const begin = system_mmap(nullptr, size + kHugePage, PROT_READ | PROT_WRITE,
                                  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (begin == MAP_FAILED) return {};
  const std::size_t before =
      (kHugePage - reinterpret_cast<std::uintptr_t>(begin) % kHugePage) % kHugePage;
  char* const aligned = static_cast<char*>(begin) + before;
  if (before > 0) system_munmap(begin, before);
  system_munmap(aligned + size, kHugePage - before);
  // This is only advice: without huge pages, hashing is slower. The memory held passwords' hashes
  // in the making, so it must not be dumped.
  madvise(aligned, size, MADV_HUGEPAGE);
  madvise(aligned, size, MADV_DONTDUMP);
  return Pages(aligned, Unmap{size});
}

void Argon2Memory::release() {
  assert(!lent_);
  pages_.reset();
}

std::size_t Argon2Memory::held() const {
  return pages_ ? size_ : 0;
}

void* Argon2Memory::allocate(std::size_t size, int protection, int flags) noexcept {
  if (!lent_ && size <= size_) {
    if (!pages_) pages_ = map(size_);
    if (pages_) {
      lent_ = true;
      ++served_;
      return pages_.get();
    }
  }
  void* const address = system_mmap(nullptr, size, protection, flags, -1, 0);
  failed_ = failed_ || address == MAP_FAILED;
  return address;
}

int Argon2Memory::free(void* address, std::size_t size) noexcept {
  if (!lent_ || address != pages_.get()) return system_munmap(address, size);
  lent_ = false;
  return 0;
}

}  // namespace portal

// ThreadSanitizer needs its own before anything of this program is ready.
#ifndef __SANITIZE_THREAD__
void* mmap_of_programs(void* address, std::size_t size, int protection, int flags, int file,
                       off_t offset) noexcept {
  const bool plain = address == nullptr && file == -1 && protection == (PROT_READ | PROT_WRITE) &&
                     (flags & ~MAP_POPULATE) == (MAP_PRIVATE | MAP_ANONYMOUS);
  if (portal::armed_memory != nullptr && plain) {
    return portal::armed_memory->allocate(size, protection, flags);
  }
  return system_mmap(address, size, protection, flags, file, offset);
}

int munmap_of_programs(void* address, std::size_t size) noexcept {
  if (portal::armed_memory != nullptr) return portal::armed_memory->free(address, size);
  return system_munmap(address, size);
}
#endif
