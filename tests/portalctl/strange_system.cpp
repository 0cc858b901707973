// Loaded before libc (LD_PRELOAD): a system that is not as it should be, where a test cannot make
// one.
//   STRANGE_FILE_SYSTEM=nfs    statfs(2) says so of every folder
//   STRANGE_LOCKS=none         every lock is granted, to everybody
//   STRANGE_CLOCK=600          the clock is that many seconds ahead
//   STRANGE_IPV6=off           the kernel knows no IPv6 (ipv6.disable=1)
//   STRANGE_NTP=unsynchronised, synchronised, unknown   what the kernel says of it
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/statfs.h>
#include <sys/timex.h>

#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <ctime>
#include <string_view>

namespace {

std::string_view asked(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

template <class F>
F* real(const char* name) {
  return reinterpret_cast<F*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

int statfs64(const char* path, struct statfs64* status) noexcept {
  static auto* const original = real<int(const char*, struct statfs64*)>("statfs64");
  const int result = original(path, status);
  if (result == 0 && asked("STRANGE_FILE_SYSTEM") == "nfs") status->f_type = 0x6969;
  return result;
}

int fcntl64(int descriptor, int command, ...) {
  static auto* const original = real<int(int, int, ...)>("fcntl64");
  va_list arguments;
  va_start(arguments, command);
  void* argument = va_arg(arguments, void*);
  va_end(arguments);
  if (command == F_OFD_SETLK && asked("STRANGE_LOCKS") == "none") return 0;
  return original(descriptor, command, argument);
}

int socket(int family, int type, int protocol) noexcept {
  static auto* const original = real<int(int, int, int)>("socket");
  if (family == AF_INET6 && asked("STRANGE_IPV6") == "off") return errno = EAFNOSUPPORT, -1;
  return original(family, type, protocol);
}

int clock_gettime(clockid_t clock, timespec* time) noexcept {
  static auto* const original = real<int(clockid_t, timespec*)>("clock_gettime");
  const int result = original(clock, time);
  if (clock == CLOCK_REALTIME) time->tv_sec += std::atol(asked("STRANGE_CLOCK").data());
  return result;
}

int adjtimex(timex* state) noexcept {
  const auto how = asked("STRANGE_NTP");
  if (how == "unknown") return errno = ENOSYS, -1;
  state->status = how == "unsynchronised" ? STA_UNSYNC : 0;
  return how == "unsynchronised" ? TIME_ERROR : TIME_OK;
}
}
