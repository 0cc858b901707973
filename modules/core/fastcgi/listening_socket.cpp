// listening_socket(): returns the socket that was handed over, or makes one.
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>

#include "core/base/descriptor.h"
#include "core/base/system_error.h"
#include "core/fastcgi/server.h"

namespace portal::fastcgi {
namespace {

constexpr int kBacklog = 512;  // with 4, 30 clients at the same time got 502
constexpr mode_t kMode = 0660;
constexpr int kFirstHandedOver = 3;  // SD_LISTEN_FDS_START

// ---- handed over

bool is_listening(int socket) {
  int listening = 0;
  socklen_t size = sizeof listening;
  return ::getsockopt(socket, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) == 0 && listening != 0;
}

std::optional<long> environment_number(const char* name) {
  const char* text = std::getenv(name);
  if (text == nullptr) return std::nullopt;
  const std::string_view digits = text;
  long value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

// The number of sockets that systemd gave to this process.
long handed_over() {
  const bool ours = environment_number("LISTEN_PID") == ::getpid();
  const long count = environment_number("LISTEN_FDS").value_or(0);
  // sd_listen_fds(3) does the same: a program that this one starts must not take the sockets for
  // its own.
  for (const char* name : {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"}) ::unsetenv(name);
  return ours ? count : 0;
}

Result<int> inherited_socket() {
  const long count = handed_over();
  if (count > 1) {
    return refused("LISTEN_FDS hands over " + std::to_string(count) +
                   " sockets, a responder takes one: give each step a socket unit of its own");
  }
  const int socket = count == 1 ? kFirstHandedOver : STDIN_FILENO;
  if (!is_listening(socket)) {
    if (count == 1) return refused("the descriptor 3 of LISTEN_FDS is no listening stream socket");
    return refused(
        "no listening socket: give --listen unix:PATH or ADDRESS:PORT, or start from spawn-fcgi, "
        "mod_fcgid or systemd");
  }
  if (::fcntl(socket, F_SETFD, FD_CLOEXEC) < 0) {
    return refused("cannot use the listening socket: " + system_error());
  }
  return socket;
}

// ---- unix:PATH

Error path_error(const std::string& path, const std::string& reason) {
  return refused("cannot listen on unix:" + path + ": " + reason);
}

sockaddr_un unix_address(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::copy(path.begin(), path.end(), address.sun_path);
  return address;
}

const sockaddr* generic(const sockaddr_un& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

// Removes a socket whose process has ended: nobody answers there.
Result<Done> remove_stale(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) {
    if (errno == ENOENT) return Done{};
    return path_error(path, system_error());
  }
  if (!S_ISSOCK(status.st_mode)) return path_error(path, "it exists and is no socket");

  const Descriptor probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!probe) return path_error(path, system_error());
  const auto address = unix_address(path);
  const bool answers = ::connect(probe.get(), generic(address), sizeof address) == 0;
  if (!answers && errno == EACCES) return path_error(path, "it belongs to another user");
  if (answers || errno != ECONNREFUSED) {
    return path_error(path, "another process listens there; stop it or choose another path");
  }
  if (::unlink(path.c_str()) != 0) return path_error(path, system_error());
  return Done{};
}

// Two programs that start at the same time would each take the other's new socket for a stale one,
// so one waits for the other. A lock on the directory leaves no file behind.
Result<Descriptor> lock_directory(const std::string& path) {
  const auto slash = path.rfind('/');
  const std::string directory = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  Descriptor lock(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!lock || ::flock(lock.get(), LOCK_EX) != 0) {
    return path_error(path, directory + ": " + system_error());
  }
  return lock;
}

Result<int> unix_socket(const std::string& path) {
  if (path.empty()) return path_error(path, "the path is missing");
  constexpr std::size_t kLongest = sizeof(sockaddr_un::sun_path) - 1;
  if (path.size() > kLongest) {
    return path_error(path, "the path is longer than " + std::to_string(kLongest) + " bytes");
  }
  const auto lock = lock_directory(path);
  if (!lock) return lock.error();
  if (auto free = remove_stale(path); !free) return free.error();

  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const auto address = unix_address(path);
  // Sets the mode before listen(2): until then nobody can connect, whatever the umask allows.
  if (!socket || ::bind(socket.get(), generic(address), sizeof address) != 0 ||
      ::chmod(path.c_str(), kMode) != 0 || ::listen(socket.get(), kBacklog) != 0) {
    return path_error(path, system_error());
  }
  return socket.release();
}

// ---- ADDRESS:PORT

using Addresses = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

Error address_error(std::string_view listen, const std::string& reason) {
  return refused("cannot listen on " + std::string(listen) + ": " + reason);
}

// Accepts only numeric addresses: a name may have several, and this makes one socket.
Addresses resolve(std::string address, const std::string& port) {
  if (address.size() > 2 && address.front() == '[' && address.back() == ']') {
    address = address.substr(1, address.size() - 2);
  }
  addrinfo hints{};
  hints.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(address.c_str(), port.c_str(), &hints, &found) != 0) found = nullptr;
  return {found, &::freeaddrinfo};
}

bool is_port(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && value >= 1 && value <= 65535;
}

Result<int> inet_socket(std::string_view listen) {
  const auto colon = listen.rfind(':');
  if (colon == 0 || colon == std::string_view::npos || !is_port(listen.substr(colon + 1))) {
    return address_error(listen, "give unix:PATH or ADDRESS:PORT, as in 127.0.0.1:9000");
  }
  const auto found =
      resolve(std::string(listen.substr(0, colon)), std::string(listen.substr(colon + 1)));
  if (!found) return address_error(listen, "give a numeric address, as in 127.0.0.1 or [::1]");

  Descriptor socket(::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int on = 1;
  if (!socket || ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
      // Connections inherit it; libfcgi sets it only for connections that it accepts itself.
      ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) != 0 ||
      ::bind(socket.get(), found->ai_addr, found->ai_addrlen) != 0 ||
      ::listen(socket.get(), kBacklog) != 0) {
    return address_error(listen, errno == EADDRINUSE
                                     ? "another process listens there; stop it or choose another "
                                       "port"
                                     : system_error());
  }
  return socket.release();
}

}  // namespace

Result<int> listening_socket(std::string_view listen) {
  constexpr std::string_view kUnix = "unix:";
  if (listen.empty()) return inherited_socket();
  if (listen.starts_with(kUnix)) return unix_socket(std::string(listen.substr(kUnix.size())));
  return inet_socket(listen);
}

}  // namespace portal::fastcgi
