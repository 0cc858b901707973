#include "core/fastcgi/client.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "core/base/descriptor.h"
#include "core/base/system_error.h"

namespace portal::fastcgi {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kHeader = 8;
constexpr std::size_t kLargest = 65535;
constexpr std::size_t kStdout = 6;
constexpr std::size_t kEnd = 3;

char low_byte(std::size_t number) {
  return static_cast<char>(number & 0xffU);
}

std::size_t byte(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text.at(at));
}

std::string length_of(std::string_view text) {
  const std::size_t size = text.size();
  if (size < 128) return {low_byte(size)};
  return {low_byte(size >> 24U | 0x80U), low_byte(size >> 16U), low_byte(size >> 8U),
          low_byte(size)};
}

Result<Descriptor> connected(const std::string& path, std::chrono::milliseconds patience) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path)
    return refused(path + ": longer than a socket's path");
  std::copy(path.begin(), path.end(), address.sun_path);
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  // This also limits how long connect(2) waits if the socket's queue is full.
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(patience);
  const timeval limit{seconds.count(), std::chrono::microseconds(patience - seconds).count()};
  ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return unavailable(path + ": " + system_error());
  }
  return socket;
}

// Reads until the other side closes the connection, or until the deadline.
std::string read_to_end(const Descriptor& socket, Clock::time_point deadline) {
  std::string text;
  std::array<char, 65536> part{};
  for (;;) {
    using std::chrono::milliseconds;
    const auto left = std::chrono::duration_cast<milliseconds>(deadline - Clock::now());
    pollfd readable{socket.get(), POLLIN, 0};
    if (left.count() <= 0 || ::poll(&readable, 1, static_cast<int>(left.count())) != 1) return text;
    const auto got = ::recv(socket.get(), part.data(), part.size(), 0);
    if (got <= 0) return text;
    text.append(part.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace

std::string record(Type type, std::string_view content) {
  const std::size_t size = content.size();
  std::string text = {1, static_cast<char>(type), 0, 1, low_byte(size >> 8U), low_byte(size), 0, 0};
  return text.append(content);
}

std::string begin_record(bool keep_connection) {
  const std::string content = {0, 1, keep_connection ? '\1' : '\0', 0, 0, 0, 0, 0};
  return record(Type::kBegin, content);
}

std::string stream(Type type, std::string_view content) {
  std::string text;
  while (!content.empty()) {
    const auto part = content.substr(0, kLargest);
    text += record(type, part);
    content.remove_prefix(part.size());
  }
  return text + record(type, "");
}

std::string encoded(const Parameters& parameters) {
  std::string text;
  for (const auto& [name, value] : parameters) {
    text.append(length_of(name)).append(length_of(value)).append(name).append(value);
  }
  return text;
}

std::string request(const Parameters& parameters, std::string_view body, bool keep_connection) {
  return begin_record(keep_connection) + stream(Type::kParameters, encoded(parameters)) +
         stream(Type::kStdin, body);
}

Result<std::string> output_of(std::string_view records) {
  std::string output;
  while (records.size() >= kHeader) {
    const std::size_t size = byte(records, 4) << 8U | byte(records, 5);
    if (byte(records, 1) == kEnd) return output;
    if (byte(records, 1) == kStdout) output += records.substr(kHeader, size);
    records.remove_prefix(std::min(records.size(), kHeader + size + byte(records, 6)));
  }
  return unavailable("the answer has no end");
}

Result<std::string> ask(const std::string& path, const Parameters& parameters,
                        std::chrono::milliseconds patience) {
  const auto deadline = Clock::now() + patience;
  const auto socket = connected(path, patience);
  if (!socket) return socket.error();
  const std::string bytes = request(parameters);
  if (::send(socket->get(), bytes.data(), bytes.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(bytes.size())) {
    return unavailable(path + ": " + system_error());
  }
  auto output = output_of(read_to_end(*socket, deadline));
  if (!output)
    return unavailable(path + ": no answer within " + std::to_string(patience.count()) + " ms");
  return output;
}

}  // namespace portal::fastcgi
