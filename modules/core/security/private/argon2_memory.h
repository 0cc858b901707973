// Warm memory for libsodium's Argon2.
//
// For each hash, libsodium 1.0.18 allocates its whole memory with one mmap(2) (anonymous, private,
// populated) and releases it with munmap(2). With 19 MiB, the page faults cost as much as the hash
// itself. libsodium has no hook for this, so programs that hash define mmap and munmap themselves:
// the dynamic linker prefers a program's own functions to the C library's. On a thread that has
// armed an Argon2Memory, mmap returns this memory, which is on huge pages and is kept from one hash
// to the next. All other calls pass through unchanged. If a later libsodium allocates in another
// way, all calls pass through, and hashing is only slower.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace portal {

// Only one thread at a time may use it.
class Argon2Memory {
 public:
  // `size` is the largest allocation in bytes. The memory is mapped when it is first needed.
  explicit Argon2Memory(std::size_t size);
  ~Argon2Memory();
  Argon2Memory(const Argon2Memory&) = delete;
  Argon2Memory& operator=(const Argon2Memory&) = delete;

  // As long as this object exists, allocations of the thread that made it are served from `memory`,
  // which must outlive it. A thread may have one such object at a time.
  class Armed {
   public:
    explicit Armed(Argon2Memory& memory);
    ~Armed();
    Armed(const Armed&) = delete;
    Armed& operator=(const Armed&) = delete;
  };

  // Gives the pages back to the system. Precondition: no allocation is in use.
  void release();

  // The number of bytes that are mapped now.
  std::size_t held() const;

  // How often an allocation was served.
  std::uint64_t served() const { return served_; }

  // True if an allocation has failed since the memory was last armed: neither this memory nor the
  // system could serve it.
  bool failed() const { return failed_; }

  // The wrapped mmap and munmap call these on an armed thread.
  void* allocate(std::size_t size, int protection, int flags) noexcept;
  int free(void* address, std::size_t size) noexcept;

 private:
  struct Unmap {
    std::size_t size;
    void operator()(void* pages) const;
  };
  using Pages = std::unique_ptr<void, Unmap>;

  static Pages map(std::size_t size);

  std::size_t size_;
  Pages pages_;
  bool lent_ = false;
  bool failed_ = false;
  std::uint64_t served_ = 0;
};

}  // namespace portal
