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

constexpr int kPatience = 10'000;  // milliseconds

}  // namespace

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
  auto output = portal::fastcgi::output_of(records);
  if (!output) throw std::runtime_error(output.error().message);
  return *output;
}

std::string ask(const std::string& path, const Parameters& parameters, std::string_view body) {
  const Connection connection(path);
  // That the server stops reading early is for the test to judge by the answer.
  connection.send(request(parameters, body));
  return output_of(connection.read_to_end());
}

}  // namespace portal::fastcgi::testing
