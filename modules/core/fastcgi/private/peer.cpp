#include "core/fastcgi/private/peer.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>

#include "core/fastcgi/client.h"

namespace portal::fastcgi {
namespace {

constexpr std::chrono::milliseconds kLinger{200};
constexpr std::size_t kMostContent = 65528;  // of a record: a multiple of 8, so it needs no padding

constexpr char kStdout = 6;
constexpr char kEnd = 3;

bool wait_for(int connection, short events, std::chrono::milliseconds silence) {
  pollfd waiting{connection, events, 0};
  return ::poll(&waiting, 1, static_cast<int>(silence.count())) == 1;
}

bool may_come_later() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

std::size_t receive(int connection, std::span<char> buffer, std::chrono::milliseconds silence,
                    int flags) {
  for (;;) {
    const auto got = ::recv(connection, buffer.data(), buffer.size(), flags | MSG_DONTWAIT);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (!may_come_later() || !wait_for(connection, POLLIN, silence)) return 0;
  }
}

std::array<char, 8> header(char type, std::size_t request, std::size_t content) {
  const auto byte = [](std::size_t number) { return static_cast<char>(number & 0xffU); };
  return {1, type, byte(request >> 8U), byte(request), byte(content >> 8U), byte(content), 0, 0};
}

iovec part_of(std::string_view bytes) {
  return {const_cast<char*>(bytes.data()), bytes.size()};  // sendmsg(2) only reads it
}

// Sends all parts, and changes them on the way.
bool send(int connection, std::span<iovec> parts, std::chrono::milliseconds silence) {
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = parts.size();
  while (message.msg_iovlen > 0) {
    const auto sent = ::sendmsg(connection, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0) {
      if (!may_come_later() || !wait_for(connection, POLLOUT, silence)) return false;
      continue;
    }
    for (auto rest = static_cast<std::size_t>(sent); message.msg_iovlen > 0;) {
      iovec& first = *message.msg_iov;
      const std::size_t taken = std::min(rest, first.iov_len);
      first.iov_base = static_cast<char*>(first.iov_base) + taken;
      first.iov_len -= taken;
      rest -= taken;
      if (first.iov_len > 0) break;
      ++message.msg_iov;
      --message.msg_iovlen;
    }
  }
  return true;
}

}  // namespace

std::size_t receive(int connection, std::span<char> buffer, std::chrono::milliseconds silence) {
  return receive(connection, buffer, silence, 0);
}

std::size_t peek(int connection, std::span<char> buffer, std::chrono::milliseconds silence) {
  return receive(connection, buffer, silence, MSG_PEEK);
}

bool send_answer(int connection, std::size_t request, std::string_view answer,
                 std::chrono::milliseconds silence) {
  constexpr std::array<char, 8> kComplete = {};  // status 0, FCGI_REQUEST_COMPLETE
  std::string end;
  for (const auto& bytes :
       {header(kStdout, request, 0), header(kEnd, request, kComplete.size()), kComplete}) {
    end.append(bytes.data(), bytes.size());
  }
  do {
    const auto content = answer.substr(0, kMostContent);
    answer.remove_prefix(content.size());
    const auto begin = header(kStdout, request, content.size());
    // An empty record would end the stream.
    const std::size_t header_size = content.empty() ? 0 : begin.size();
    std::array parts = {part_of({begin.data(), header_size}), part_of(content),
                        part_of(answer.empty() ? std::string_view(end) : std::string_view())};
    if (!send(connection, parts, silence)) return false;
  } while (!answer.empty());
  return true;
}

void linger(int connection) {
  if (::shutdown(connection, SHUT_WR) != 0) return;
  std::array<char, 1024> dropped{};
  while (receive(connection, dropped, kLinger) > 0) continue;
}

}  // namespace portal::fastcgi
