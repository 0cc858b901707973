// What a peer sends to a responder's socket, with the real loop behind it (core/fastcgi/server.h).
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <thread>

#include "core/base/descriptor.h"
#include "core/fastcgi/client.h"
#include "core/fastcgi/server.h"
#include "input.h"

namespace {

using namespace portal;

std::string answer(fastcgi::Exchange& exchange) {
  for (const auto& [name, value] : exchange.parameters) {
    fuzz::expect(!name.empty() && name.find('\0') == std::string::npos && !value.empty());
  }
  fuzz::expect(exchange.body.size() <= fastcgi::Limits{}.body);
  fuzz::expect(exchange.fault == fastcgi::Exchange::Fault::kNone || exchange.body.empty());
  return "Status: 200 OK\r\n\r\n";
}

class Loop {
 public:
  Loop() {
    std::string folder = std::filesystem::temp_directory_path() / "fastcgi-XXXXXX";
    fuzz::expect(::mkdtemp(folder.data()) != nullptr);
    path_ = folder + "/socket";
    const auto listener = fastcgi::listening_socket("unix:" + path_);
    fuzz::expect(listener.operator bool());
    // It serves until libFuzzer ends the process.
    std::thread([socket = *listener] {
      fastcgi::Limits limits;
      limits.silence = std::chrono::milliseconds(100);
      [[maybe_unused]] const auto done = fastcgi::serve(socket, 2, limits, answer, {});
      std::abort();
    }).detach();
  }

  Descriptor connect() const {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::copy(path_.begin(), path_.end(), address.sun_path);
    Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    fuzz::expect(::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) ==
                 0);
    return socket;
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Loop loop;
  static unsigned count = 0;
  {
    const Descriptor peer = loop.connect();
    [[maybe_unused]] const auto sent = ::send(peer.get(), data, size, MSG_NOSIGNAL);
    ::shutdown(peer.get(), SHUT_WR);
    std::array<char, 4096> answered{};
    while (::recv(peer.get(), answered.data(), answered.size(), 0) > 0) {
    }
  }
  // The loop still serves others.
  if (++count % 100 == 0) {
    const auto ours =
        fastcgi::ask(loop.path(), {{"REQUEST_METHOD", "GET"}}, std::chrono::seconds(20));
    fuzz::expect(ours && ours->starts_with("Status: 200"));
  }
  return 0;
}
