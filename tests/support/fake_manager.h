// The service manager's end of NOTIFY_SOCKET (sd_notify(3)), for the tests of what programs say to
// it.
#pragma once

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <string>

#include "core/base/descriptor.h"

namespace portal::testing {

class FakeManager {
 public:
  // `name`: a path, or @NAME for an abstract socket.
  explicit FakeManager(const std::string& name = "@portal-manager-" + std::to_string(::getpid()))
      : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    name.copy(address.sun_path, sizeof address.sun_path - 1);
    if (name[0] == '@') address.sun_path[0] = '\0';
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    EXPECT_EQ(::bind(socket_.get(), reinterpret_cast<const sockaddr*>(&address), size), 0);
    ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
  }
  FakeManager(const FakeManager&) = delete;
  FakeManager& operator=(const FakeManager&) = delete;
  ~FakeManager() {
    for (const char* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"}) ::unsetenv(name);
  }

  // As WatchdogSec= does it, for whichever process.
  static void expect_pings(std::chrono::microseconds patience) {
    ::setenv("WATCHDOG_USEC", std::to_string(patience.count()).c_str(), 1);
  }

  // The next message, or "nothing" if none comes in this time.
  std::string heard(std::chrono::milliseconds time = std::chrono::milliseconds(0)) const {
    pollfd readable{socket_.get(), POLLIN, 0};
    if (::poll(&readable, 1, static_cast<int>(time.count())) != 1) return "nothing";
    std::array<char, 100> text{};
    const auto size = ::recv(socket_.get(), text.data(), text.size(), 0);
    return size < 0 ? "nothing" : std::string(text.data(), static_cast<std::size_t>(size));
  }

  // Whether this message comes among others.
  bool hears(const std::string& message) const {
    for (;;) {
      const std::string next = heard(std::chrono::seconds(30));
      if (next == message || next == "nothing") return next == message;
    }
  }

 private:
  Descriptor socket_;
};

}  // namespace portal::testing
