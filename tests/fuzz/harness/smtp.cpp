// What a mail server sends, whatever it was asked (core/mail/smtp.h).
#include "core/mail/smtp.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <array>
#include <thread>

#include "core/base/descriptor.h"
#include "core/mail/refusal.h"
#include "input.h"

namespace {

using namespace portal;

// A server on loopback that sends one input to one client, and then reads until that has gone.
class Server {
 public:
  Server() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    fuzz::expect(::bind(listener_.get(), generic, sizeof address) == 0);
    fuzz::expect(::listen(listener_.get(), 8) == 0);
    socklen_t size = sizeof address;
    fuzz::expect(::getsockname(listener_.get(), generic, &size) == 0);
    port_ = ntohs(address.sin_port);
  }

  unsigned short port() const { return port_; }

  void send_once(std::string_view bytes) const {
    const Descriptor client(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    [[maybe_unused]] const auto sent =
        ::send(client.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    ::shutdown(client.get(), SHUT_WR);
    std::array<char, 4096> asked{};
    while (::recv(client.get(), asked.data(), asked.size(), 0) > 0) {
    }
  }

 private:
  Descriptor listener_;
  unsigned short port_ = 0;
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Server server;
  const auto bytes = fuzz::text_of(data, size);
  mail::SmtpServer relay;
  relay.host = "127.0.0.1";
  relay.port = server.port();
  std::thread thread([&] { server.send_once(bytes); });
  {
    mail::Smtp smtp(relay);
    const auto outcome = smtp.deliver("a@example.jp", "b@example.jp", "Subject: a\r\n\r\nb\r\n");
    fuzz::expect(outcome.reply.find('\n') == std::string::npos);
  }
  thread.join();
  mail::read_refusal({mail::Stage::kMessage, bytes, "b@example.jp"});
  return 0;
}
