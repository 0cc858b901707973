#include "fastcgi_client.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>

namespace portal::fastcgi::testing {
namespace {

constexpr std::size_t kHeader = 8;
constexpr std::size_t kLargest = 65535;
constexpr std::size_t kStdout = 6;
constexpr std::size_t kEnd = 3;
constexpr int kPatience = 10'000;  // milliseconds

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

Connection::Connection(const std::string& path)
    : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::copy(path.begin(), path.end(), address.sun_path);
  if (::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("cannot connect to " + path);
  }
}

bool Connection::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void Connection::finish_sending() const {
  ::shutdown(socket_.get(), SHUT_WR);
}

std::string Connection::read_to_end() const {
  std::string text;
  std::array<char, 65536> part{};
  for (;;) {
    pollfd readable{socket_.get(), POLLIN, 0};
    if (::poll(&readable, 1, kPatience) != 1) throw std::runtime_error("no answer in time");
    const auto got = ::recv(socket_.get(), part.data(), part.size(), 0);
    // A server that ends without having read everything resets the connection.
    if (got < 0 && errno != ECONNRESET) throw std::runtime_error("cannot read the answer");
    if (got <= 0) return text;
    text.append(part.data(), static_cast<std::size_t>(got));
  }
}

std::string output_of(std::string_view records) {
  std::string output;
  while (records.size() >= kHeader) {
    const std::size_t size = byte(records, 4) << 8U | byte(records, 5);
    if (byte(records, 1) == kEnd) return output;
    if (byte(records, 1) == kStdout) output += records.substr(kHeader, size);
    records.remove_prefix(std::min(records.size(), kHeader + size + byte(records, 6)));
  }
  throw std::runtime_error("the answer has no end");
}

std::string ask(const std::string& path, const Parameters& parameters, std::string_view body) {
  const Connection connection(path);
  // That the server stops reading early is for the test to judge by the answer.
  connection.send(request(parameters, body));
  return output_of(connection.read_to_end());
}

}  // namespace portal::fastcgi::testing
