// What a program says to the service manager: one datagram, as sd_notify(3) sends it.
#include "core/base/manager.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace portal {
namespace {

// The manager's end, under `name`; it does not wait for what was not sent.
class Manager {
 public:
  explicit Manager(const std::string& name) : socket_(::socket(AF_UNIX, SOCK_DGRAM, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    name.copy(address.sun_path, sizeof address.sun_path - 1);
    if (name[0] == '@') address.sun_path[0] = '\0';
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    EXPECT_EQ(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), size), 0);
    ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
  }
  Manager(const Manager&) = delete;
  Manager& operator=(const Manager&) = delete;
  ~Manager() {
    ::close(socket_);
    ::unsetenv("NOTIFY_SOCKET");
  }

  std::string heard() const {
    std::array<char, 100> text{};
    const auto size = ::recv(socket_, text.data(), text.size(), MSG_DONTWAIT);
    return size < 0 ? "nothing" : std::string(text.data(), static_cast<std::size_t>(size));
  }

 private:
  int socket_;
};

std::string unique_name() {
  return "portal-manager-" + std::to_string(::getpid());
}

TEST(Manager, HearsWhatIsSaid) {
  const auto path = std::filesystem::temp_directory_path() / unique_name();
  for (const std::string& name : {path.string(), "@" + unique_name()}) {
    const Manager manager(name);
    tell_manager("READY=1");
    EXPECT_EQ(manager.heard(), "READY=1") << name;
    EXPECT_EQ(manager.heard(), "nothing") << name;
  }
  std::filesystem::remove(path);
}

TEST(Manager, ThatIsNotThereIsNotSpokenTo) {
  ::unsetenv("NOTIFY_SOCKET");
  testing::internal::CaptureStderr();
  tell_manager("READY=1");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(Manager, ThatDoesNotHearIsLogged) {
  for (const std::string& name : {std::string("/nowhere/notify"), std::string(200, 'x')}) {
    ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
    testing::internal::CaptureStderr();
    tell_manager("READY=1");
    EXPECT_NE(testing::internal::GetCapturedStderr().find("manager_not_told"), std::string::npos)
        << name;
  }
  ::unsetenv("NOTIFY_SOCKET");
}

}  // namespace
}  // namespace portal
