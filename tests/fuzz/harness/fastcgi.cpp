// What a peer sends to a responder's socket, with the real loop behind it (core/fastcgi/server.h).
// libfcgi reads most requests as they came, and any other as it was made anew: a handler must see
// the same, whichever way a request took.
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <string>
#include <string_view>
#include <thread>

#include "core/base/descriptor.h"
#include "core/fastcgi/client.h"
#include "core/fastcgi/server.h"
#include "input.h"

namespace {

using namespace portal;

// All that a handler sees.
std::string answer(fastcgi::Exchange& exchange) {
  std::string seen = std::to_string(static_cast<int>(exchange.fault)) + '\n';
  for (const auto& [name, value] : exchange.parameters) {
    fuzz::expect(!name.empty() && name.find('\0') == std::string::npos && !value.empty());
    seen.append(name).append("=").append(value) += '\0';
  }
  fuzz::expect(exchange.body.size() <= fastcgi::Limits{}.body);
  fuzz::expect(exchange.fault == fastcgi::Exchange::Fault::kNone || exchange.body.empty());
  return "Status: 200 OK\r\n\r\n" + seen + exchange.body;
}

// libFuzzer looks at its clock in a signal's handler, each half minute.
template <class Call>
auto undisturbed(Call call) {
  for (;;) {
    const auto result = call();
    if (result >= 0 || errno != EINTR) return result;
  }
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
      [[maybe_unused]] const auto done = fastcgi::serve(socket, 2, {}, answer, {});
      std::abort();
    }).detach();
  }

  Descriptor connect() const {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::copy(path_.begin(), path_.end(), address.sun_path);
    Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    fuzz::expect(undisturbed([&] {
                   return ::connect(socket.get(), reinterpret_cast<sockaddr*>(&address),
                                    sizeof address);
                 }) == 0);
    return socket;
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// The records of the answer; empty: there was none.
std::string said(const Loop& loop, std::string_view bytes) {
  const Descriptor peer = loop.connect();
  // The loop may end the connection before it has read everything.
  [[maybe_unused]] const auto sent =
      undisturbed([&] { return ::send(peer.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL); });
  ::shutdown(peer.get(), SHUT_WR);
  std::string text;
  std::array<char, 4096> part{};
  for (;;) {
    const auto got = undisturbed([&] { return ::recv(peer.get(), part.data(), part.size(), 0); });
    if (got <= 0) return text;
    text.append(part.data(), static_cast<std::size_t>(got));
  }
}

// A record of the connection, because of which the request behind it is made anew.
constexpr std::string_view kUnknownRecord("\1\x63\0\0\0\0\0\0", 8);

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Loop loop;
  static unsigned count = 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  fuzz::expect(said(loop, bytes) == said(loop, std::string(kUnknownRecord).append(bytes)));
  // The loop still serves others.
  if (++count % 100 == 0) {
    const auto ours =
        fastcgi::ask(loop.path(), {{"REQUEST_METHOD", "GET"}}, std::chrono::seconds(20));
    fuzz::expect(ours && ours->starts_with("Status: 200"));
  }
  return 0;
}
