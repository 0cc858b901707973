#include "core/base/manager.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <mutex>

#include "core/base/descriptor.h"
#include "core/base/log.h"
#include "core/base/system_error.h"

namespace portal {
namespace {

std::int64_t number_of(const char* text) {
  std::int64_t number = 0;
  const std::string_view digits = text == nullptr ? "" : text;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

// Returns 0 or an errno.
int send_to(std::string_view name, std::string_view state) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (name.size() >= sizeof address.sun_path) return ENAMETOOLONG;
  std::copy(name.begin(), name.end(), address.sun_path);
  if (name.front() == '@') address.sun_path[0] = '\0';
  // A program that has run out of descriptors is alive and must be able to say so.
  static Descriptor socket;
  if (!socket) socket = Descriptor(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!socket) return errno;
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
  const auto sent = ::sendto(socket.get(), state.data(), state.size(), MSG_NOSIGNAL,
                             reinterpret_cast<const sockaddr*>(&address), size);
  return sent == -1 ? errno : 0;
}

}  // namespace

void tell_manager(std::string_view state) {
  const char* const name = std::getenv("NOTIFY_SOCKET");
  if (name == nullptr || *name == '\0') return;
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  if (const int failure = send_to(name, state); failure != 0) {
    log::error("manager_not_told",
               {{"state", state}, {"socket", name}, {"error", system_error(failure)}});
  }
}

std::optional<std::chrono::microseconds> manager_patience() {
  const std::chrono::microseconds patience(number_of(std::getenv("WATCHDOG_USEC")));
  const char* const process = std::getenv("WATCHDOG_PID");  // absent: whichever process it is
  const bool ours = process == nullptr || number_of(process) == ::getpid();
  if (!ours || patience <= patience.zero()) return std::nullopt;
  return patience;
}

}  // namespace portal
