// What the harnesses share: a harness reads the bytes that libFuzzer gives it with a reader of the
// portal. The sanitizers see to it that nothing is read or written where it should not be, and
// expect() that a promise of the reader is kept.
#pragma once

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

// libFuzzer calls it again and again, on one thread.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace portal::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// Ends the process where a promise is broken: libFuzzer then keeps the input.
inline void expect(bool kept) {
  if (!kept) std::abort();
}

// Cuts the text before the next `separator` off; without one, all of it.
inline std::string_view take(std::string_view& rest, char separator) {
  const auto part = rest.substr(0, rest.find(separator));
  rest.remove_prefix(part.size() < rest.size() ? part.size() + 1 : part.size());
  return part;
}

// A file in memory, for readers that want a path.
class MemoryFile {
 public:
  MemoryFile() : number_(::memfd_create("input", MFD_CLOEXEC)) { expect(number_ >= 0); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { ::close(number_); }

  std::string path() const { return "/proc/self/fd/" + std::to_string(number_); }
  void fill(std::string_view content) const {
    expect(::ftruncate(number_, 0) == 0);
    expect(::pwrite(number_, content.data(), content.size(), 0) ==
           static_cast<ssize_t>(content.size()));
  }

 private:
  int number_;
};

}  // namespace portal::fuzz
