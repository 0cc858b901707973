// Where the listening socket comes from, and what an operator reads if it does not come.
#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/fastcgi/server.h"
#include "fastcgi_client.h"
#include "server_process.h"

namespace portal::fastcgi::testing {
namespace {

bool is_listening(int socket) {
  int listening = 0;
  socklen_t size = sizeof listening;
  return ::getsockopt(socket, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) == 0 && listening != 0;
}

bool closes_on_exec(int descriptor) {
  return (::fcntl(descriptor, F_GETFD) & FD_CLOEXEC) != 0;
}

std::string error_of(const std::string& listen) {
  const auto socket = listening_socket(listen);
  if (!socket) return socket.error().message;
  const Descriptor made(*socket);
  return "none";
}

// A port of loopback that was free a moment ago.
std::string free_port() {
  const Descriptor socket(::socket(AF_INET, SOCK_STREAM, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), size);
  ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size);
  return std::to_string(::ntohs(address.sin_port));
}

// ---- unix:PATH

class UnixSocketTest : public ::testing::Test {
 protected:
  std::string error() const { return error_of("unix:" + path_); }
  std::string message(const std::string& reason) const {
    return "cannot listen on unix:" + path_ + ": " + reason;
  }

  Directory directory_;
  std::string path_ = directory_.path("socket");
};

TEST_F(UnixSocketTest, HasItsModeWhateverTheUmask) {
  for (const mode_t mask : {0000U, 0022U, 0077U, 0777U}) {
    const mode_t before = ::umask(mask);
    const auto socket = listening_socket("unix:" + path_);
    ::umask(before);
    ASSERT_TRUE(socket) << socket.error().message;
    const Descriptor made(*socket);
    struct stat status {};
    ASSERT_EQ(::stat(path_.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777U, 0660U) << mask;
    EXPECT_TRUE(is_listening(made.get()));
    EXPECT_TRUE(closes_on_exec(made.get()));
  }
}

TEST_F(UnixSocketTest, TakesManyConnectionsBeforeTheyAreAccepted) {
  const auto socket = listening_socket("unix:" + path_);
  ASSERT_TRUE(socket);
  const Descriptor made(*socket);
  std::vector<Connection> waiting;
  waiting.reserve(500);
  while (waiting.size() < 500) waiting.emplace_back(path_);
}

TEST_F(UnixSocketTest, RefusesALivePath) {
  const auto socket = listening_socket("unix:" + path_);
  ASSERT_TRUE(socket);
  const Descriptor live(*socket);
  EXPECT_EQ(error(), message("another process listens there; stop it or choose another path"));
  const Connection still_alive(path_);
}

TEST_F(UnixSocketTest, ReplacesAStaleSocket) {
  EXPECT_EQ(error(), "none");
  struct stat status {};
  ASSERT_EQ(::stat(path_.c_str(), &status), 0) << "what was made stays when it is closed";
  const auto socket = listening_socket("unix:" + path_);
  ASSERT_TRUE(socket) << socket.error().message;
  const Descriptor made(*socket);
  const Connection alive(path_);
}

TEST_F(UnixSocketTest, RefusesWhatIsNoSocket) {
  std::ofstream(path_) << "precious";
  EXPECT_EQ(error(), message("it exists and is no socket"));
  std::string content;
  std::ifstream(path_) >> content;
  EXPECT_EQ(content, "precious");
}

TEST_F(UnixSocketTest, RefusesALinkToNowhere) {
  ASSERT_EQ(::symlink("/nonexistent", path_.c_str()), 0);
  EXPECT_EQ(error(), message("it exists and is no socket"));
}

TEST_F(UnixSocketTest, RefusesPathsThatCannotBe) {
  const std::string missing = directory_.path("missing/");
  struct Case {
    const char* label;
    std::string path;
    std::string reason;
  };
  const Case cases[] = {
      {"none", "", "the path is missing"},
      {"one byte too long", "/" + std::string(107, 'x'), "the path is longer than 107 bytes"},
      {"no such directory", missing + "socket", missing + ": No such file or directory"},
  };
  for (const Case& c : cases) {
    path_ = c.path;
    EXPECT_EQ(error(), message(c.reason)) << c.label;
  }
}

TEST_F(UnixSocketTest, TakesThePathThatJustFits) {
  path_ = directory_.path("");
  path_ += std::string(107 - path_.size(), 'x');
  EXPECT_EQ(error(), "none");
}

// ---- ADDRESS:PORT

void expect_to_listen_on(const std::string& address) {
  const auto socket = listening_socket(address + ":" + free_port());
  ASSERT_TRUE(socket) << socket.error().message;
  const Descriptor made(*socket);
  EXPECT_TRUE(is_listening(made.get()));
  EXPECT_TRUE(closes_on_exec(made.get()));
}

TEST(InetSocketTest, ListensOnAnAddress) {
  expect_to_listen_on("127.0.0.1");
}

TEST(InetSocketTest, ListensOnAnAddressOfIpv6) {
  if (!std::filesystem::exists("/proc/net/if_inet6")) GTEST_SKIP() << "the kernel has no IPv6";
  expect_to_listen_on("[::1]");
}

TEST(InetSocketTest, RefusesAPortInUse) {
  const std::string listen = "127.0.0.1:" + free_port();
  const auto socket = listening_socket(listen);
  ASSERT_TRUE(socket) << socket.error().message;
  const Descriptor live(*socket);
  EXPECT_EQ(error_of(listen),
            "cannot listen on " + listen +
                ": another process listens there; stop it or choose another port");
}

TEST(InetSocketTest, RefusesWhatIsNoAddress) {
  const std::string shape = "give unix:PATH or ADDRESS:PORT, as in 127.0.0.1:9000";
  const std::string numeric = "give a numeric address, as in 127.0.0.1 or [::1]";
  const std::array<std::pair<std::string, std::string>, 12> cases = {{
      {"9000", shape},
      {":9000", shape},
      {"127.0.0.1", shape},
      {"127.0.0.1:", shape},
      {"127.0.0.1:0", shape},
      {"127.0.0.1:65536", shape},
      {"127.0.0.1:-1", shape},
      {"127.0.0.1:http", shape},
      {"/run/portal/form", shape},
      {"localhost:9000", numeric},
      {"[]:9000", numeric},
      {"256.0.0.1:9000", numeric},
  }};
  for (const auto& [listen, reason] : cases) {
    EXPECT_EQ(error_of(listen), "cannot listen on " + listen + ": " + reason);
  }
  EXPECT_EQ(error_of("192.0.2.1:9000"),
            "cannot listen on 192.0.2.1:9000: Cannot assign requested address");
}

// ---- handed over

const std::string kNone =
    "no listening socket: give --listen unix:PATH or ADDRESS:PORT, or start from spawn-fcgi, "
    "mod_fcgid or systemd";

// What listening_socket("") says in a child that `prepare` has made ready.
std::string in_child(const std::function<void()>& prepare) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return "no pipe";
  const pid_t child = ::fork();
  if (child == 0) {
    const int out = ::fcntl(ends[1], F_DUPFD, 100);  // the low numbers are what this is about
    prepare();
    const auto socket = listening_socket("");
    const std::string text =
        !socket ? socket.error().message
                : std::to_string(*socket) + (closes_on_exec(*socket) ? "" : " open on exec") +
                      (std::getenv("LISTEN_FDS") == nullptr ? "" : " LISTEN_FDS left");
    const auto written = ::write(out, text.data(), text.size());
    ::_exit(written > 0 ? 0 : 1);
  }
  const Descriptor reader(ends[0]);
  ::close(ends[1]);
  std::array<char, 1024> text{};
  const auto got = ::read(reader.get(), text.data(), text.size());
  ::waitpid(child, nullptr, 0);
  return {text.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0))};
}

void listen_on(int number) {
  const Descriptor socket(::socket(AF_UNIX, SOCK_STREAM, 0));
  const sockaddr_un nameless{AF_UNIX, {}};
  ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&nameless), sizeof(sa_family_t));
  ::listen(socket.get(), 5);
  ::dup2(socket.get(), number);
}

void open_nothing_on(int number) {
  const Descriptor nothing(::open("/dev/null", O_RDWR));
  ::dup2(nothing.get(), number);
}

void announce(const std::string& process, const char* count) {
  ::setenv("LISTEN_PID", process.c_str(), 1);
  ::setenv("LISTEN_FDS", count, 1);
}

TEST(HandedOverTest, ComesFromSystemdOrOnFd0) {
  const auto own = [] { return std::to_string(::getpid()); };
  struct Case {
    const char* label;
    std::function<void()> prepare;
    std::string result;
  };
  const Case cases[] = {
      {"on fd 0", [] { listen_on(0); }, "0"},
      {"from systemd",
       [&] {
         open_nothing_on(0);
         listen_on(3);
         announce(own(), "1");
       },
       "3"},
      {"systemd's before fd 0",
       [&] {
         listen_on(0);
         listen_on(3);
         announce(own(), "1");
       },
       "3"},
      {"for another process",
       [] {
         open_nothing_on(0);
         listen_on(3);
         announce("1", "1");
       },
       kNone},
      {"for another process, and fd 0",
       [] {
         listen_on(0);
         announce("1", "1");
       },
       "0"},
      {"two",
       [&] {
         listen_on(3);
         announce(own(), "2");
       },
       "LISTEN_FDS hands over 2 sockets, a responder takes one: give each step a socket unit of "
       "its own"},
      {"not listening",
       [&] {
         open_nothing_on(3);
         announce(own(), "1");
       },
       "the descriptor 3 of LISTEN_FDS is no listening stream socket"},
      {"a number that is none",
       [&] {
         open_nothing_on(0);
         announce(own(), "one");
       },
       kNone},
      {"nothing on fd 0", [] { open_nothing_on(0); }, kNone},
      {"fd 0 closed", [] { ::close(0); }, kNone},
      {"a socket on fd 0 that does not listen",
       [] {
         const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
         ::dup2(socket, 0);
       },
       kNone},
  };
  for (const Case& c : cases) EXPECT_EQ(in_child(c.prepare), c.result) << c.label;
}

}  // namespace
}  // namespace portal::fastcgi::testing
