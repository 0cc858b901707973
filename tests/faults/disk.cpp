// Loaded before libc (LD_PRELOAD): a disk that is slow, or whose use is written down so that a test
// can find out what a power failure at any moment would have left (power_loss.py).
//   DISK_SLOW=300             waiting for the disk (fsync, fdatasync) takes so many milliseconds
//   more DISK_RECORD=FILE          where each use of the files below is appended, by all processes
//   DISK_RECORDED=PREFIX:…    the files: their paths begin so
// A record is a Head, the path, and the data. A write is recorded when it is done, so that what a
// wait for the disk has covered was recorded before that wait began.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>

namespace {

struct Head {
  std::int64_t at;  // nanoseconds since 1970
  std::int64_t offset;
  std::uint32_t size;
  std::uint32_t thread;
  std::uint16_t path;
  char kind;  // W write, T truncate, B a wait for the disk begins, E it has ended, R rename, U
              // unlink
  char unused = 0;
};
static_assert(sizeof(Head) == 32);

template <class F>
F* real(const char* name) {
  return reinterpret_cast<F*>(dlsym(RTLD_NEXT, name));
}

bool recorded(std::string_view path) {
  const char* list = std::getenv("DISK_RECORDED");
  for (std::string_view rest = list == nullptr ? "" : list; !rest.empty();) {
    const auto prefix = rest.substr(0, rest.find(':'));
    if (path.starts_with(prefix) && !path.ends_with("-shm")) return true;
    rest.remove_prefix(prefix.size() + (prefix.size() < rest.size() ? 1 : 0));
  }
  return false;
}

std::string path_of(int file) {
  std::array<char, PATH_MAX> path{};
  const auto link = "/proc/self/fd/" + std::to_string(file);
  const ssize_t size = readlink(link.c_str(), path.data(), path.size());
  return {path.data(), static_cast<std::size_t>(size < 0 ? 0 : size)};
}

void record(char kind, std::string_view path, std::int64_t offset = 0, std::string_view data = {}) {
  static const char* const name = std::getenv("DISK_RECORD");
  if (name == nullptr || !recorded(path)) return;
  const int before = errno;
  static const int file = open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  const Head head{.at = now.tv_sec * 1'000'000'000 + now.tv_nsec,
                  .offset = offset,
                  .size = static_cast<std::uint32_t>(data.size()),
                  .thread = static_cast<std::uint32_t>(syscall(SYS_gettid)),
                  .path = static_cast<std::uint16_t>(path.size()),
                  .kind = kind};
  const auto part = [](const auto* begin, std::size_t size) {
    return iovec{const_cast<void*>(static_cast<const void*>(begin)), size};
  };
  const std::array parts{part(&head, sizeof head), part(path.data(), path.size()),
                         part(data.data(), data.size())};
  if (writev(file, parts.data(), static_cast<int>(parts.size())) < 0) std::abort();
  errno = before;
}

int wait_for_disk(int file, int (*original)(int)) {
  if (const char* slow = std::getenv("DISK_SLOW")) {
    const auto milliseconds = std::atol(slow);
    const timespec pause{milliseconds / 1000, milliseconds % 1000 * 1'000'000};
    nanosleep(&pause, nullptr);
  }
  const auto path = path_of(file);
  record('B', path);
  const int result = original(file);
  if (result == 0) record('E', path);
  return result;
}

ssize_t written(int file, const void* data, std::int64_t offset, ssize_t result) {
  if (result > 0) {
    record('W', path_of(file), offset,
           {static_cast<const char*>(data), static_cast<std::size_t>(result)});
  }
  return result;
}

int truncated(int file, off_t size, int result) {
  if (result == 0) record('T', path_of(file), size);
  return result;
}

}  // namespace

extern "C" {

ssize_t pwrite(int file, const void* data, std::size_t size, off_t offset) {
  static auto* const original = real<ssize_t(int, const void*, std::size_t, off_t)>("pwrite");
  return written(file, data, offset, original(file, data, size, offset));
}

ssize_t pwrite64(int file, const void* data, std::size_t size, off_t offset) {
  return pwrite(file, data, size, offset);
}

ssize_t write(int file, const void* data, std::size_t size) {
  static auto* const original = real<ssize_t(int, const void*, std::size_t)>("write");
  const ssize_t result = original(file, data, size);
  if (std::getenv("DISK_RECORD") == nullptr || result <= 0) return result;
  return written(file, data, lseek(file, 0, SEEK_CUR) - result, result);
}

int ftruncate(int file, off_t size) noexcept {
  static auto* const original = real<int(int, off_t)>("ftruncate");
  return truncated(file, size, original(file, size));
}

int ftruncate64(int file, off_t size) noexcept {
  return ftruncate(file, size);
}

int rename(const char* from, const char* to) noexcept {
  static auto* const original = real<int(const char*, const char*)>("rename");
  const int result = original(from, to);
  if (result == 0) record('R', from, 0, to);
  return result;
}

int unlink(const char* path) noexcept {
  static auto* const original = real<int(const char*)>("unlink");
  const int result = original(path);
  if (result == 0) record('U', path);
  return result;
}

int fsync(int file) {
  static auto* const original = real<int(int)>("fsync");
  return wait_for_disk(file, original);
}

int fdatasync(int file) {
  static auto* const original = real<int(int)>("fdatasync");
  return wait_for_disk(file, original);
}
}
