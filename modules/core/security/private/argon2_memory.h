// Warm memory for libsodium's Argon2.
//
// libsodium 1.0.18 asks for its whole memory with one mmap(2) (anonymous, private, populated) at
// each hash and gives it back with munmap(2): at 19 MiB the page faults cost as much as the hash
// itself. It has no hook for that, so libsodium.a is linked with --wrap=mmap,--wrap=munmap
// (modules/CMakeLists.txt), and on a thread that has armed an Argon2Memory its mmap gets this
// memory, on huge pages, kept from one hash to the next. All other calls go through unchanged; so
// does everything if a libsodium allocates in another way: then it is only slower.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace portal {

// For one thread at a time.
class Argon2Memory {
 public:
  // `size`: bytes of the largest allocation served. They are mapped when first asked for.
  explicit Argon2Memory(std::size_t size);
  ~Argon2Memory();
  Argon2Memory(const Argon2Memory&) = delete;
  Argon2Memory& operator=(const Argon2Memory&) = delete;

  // As long as it exists, allocations of the thread that made it are served from `memory`, which
  // must outlive it. One a thread.
  class Armed {
   public:
    explicit Armed(Argon2Memory& memory);
    ~Armed();
    Armed(const Armed&) = delete;
    Armed& operator=(const Armed&) = delete;
  };

  // Gives the pages back to the system. Precondition: nothing is lent.
  void release();

  // Bytes mapped now.
  std::size_t held() const;

  // How often an allocation was served.
  std::uint64_t served() const { return served_; }

  // Since it was last armed, an allocation failed: neither this memory nor the system had it.
  bool failed() const { return failed_; }

  // What the wrapped mmap and munmap do on an armed thread.
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
