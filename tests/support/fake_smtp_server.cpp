#include "support/fake_smtp_server.h"

#include <Poco/Exception.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Thread.h>

#include <array>

namespace portal::mail {
namespace {

using Poco::Net::DialogSocket;

const FakeSmtpServer::Script kFriendly = {{"greeting", "220 mail.example.jp ESMTP"},
                                          {"EHLO", "250 mail.example.jp"},
                                          {"STARTTLS", "220 go ahead"},
                                          {"AUTH", "235 2.7.0 welcome"},
                                          {"MAIL", "250 2.1.0 sender ok"},
                                          {"RCPT", "250 2.1.5 recipient ok"},
                                          {"DATA", "354 end with a dot"},
                                          {"message", "250 2.0.0 queued as 4ABC"},
                                          {"RSET", "250 2.0.0 flushed"},
                                          {"QUIT", "221 2.0.0 bye"}};

void wait_for_end(DialogSocket& socket) {
  std::array<char, 512> bytes{};
  while (socket.receiveBytes(bytes.data(), static_cast<int>(bytes.size())) > 0) continue;
}

bool has_gone(Poco::Net::StreamSocket& socket) {
  char byte = 0;
  return socket.poll(Poco::Timespan(0, 0), Poco::Net::Socket::SELECT_READ) &&
         socket.receiveBytes(&byte, 1, MSG_PEEK) <= 0;
}

// A byte each 50 ms, whatever the peer says meanwhile, until it has gone.
void drip(DialogSocket& socket, std::string_view bytes) {
  for (const char byte : bytes) {
    if (has_gone(socket)) return;
    socket.sendBytes(&byte, 1);
    Poco::Thread::sleep(50);
  }
  wait_for_end(socket);
}

FakeSmtpServer::Script completed(FakeSmtpServer::Script script) {
  script.insert(kFriendly.begin(), kFriendly.end());
  return script;
}

}  // namespace

FakeSmtpServer::FakeSmtpServer(Script script, Poco::Net::Context::Ptr context, bool at_once)
    : script_(completed(std::move(script))),
      context_(std::move(context)),
      at_once_(at_once),
      socket_(Poco::Net::SocketAddress("127.0.0.1", 0)),
      thread_([this] { serve(); }) {}

FakeSmtpServer::~FakeSmtpServer() {
  stopping_ = true;
  thread_.join();
}

void FakeSmtpServer::set(const std::string& word, const std::string& reply) {
  const std::lock_guard lock(mutex_);
  script_[word] = reply;
}

std::vector<std::string> FakeSmtpServer::commands() const {
  const std::lock_guard lock(mutex_);
  return commands_;
}

std::vector<std::string> FakeSmtpServer::messages() const {
  const std::lock_guard lock(mutex_);
  return messages_;
}

void FakeSmtpServer::serve() {
  while (!stopping_) {
    if (!socket_.poll(Poco::Timespan(0, 20000), Poco::Net::Socket::SELECT_READ)) continue;
    try {
      Poco::Net::StreamSocket peer = socket_.acceptConnection();
      peer.setReceiveTimeout(Poco::Timespan(10, 0));
      if (at_once_) peer = Poco::Net::SecureStreamSocket::attach(peer, context_);
      talk(DialogSocket(peer));
    } catch (const Poco::Exception&) {
      // the peer has gone, or did not like the certificate: the next one comes
    }
  }
}

void FakeSmtpServer::talk(DialogSocket socket) {
  if (!answer(socket, "greeting")) return;
  std::string line;
  while (socket.receiveMessage(line)) {
    const std::string word = line.substr(0, line.find(' '));
    {
      const std::lock_guard lock(mutex_);
      commands_.push_back(line);
    }
    if (!answer(socket, word) || word == "QUIT") return;
    if (word == "STARTTLS" && !context_) return wait_for_end(socket);
    if (word == "STARTTLS") socket = Poco::Net::SecureStreamSocket::attach(socket, context_);
    if (word == "DATA" && reply_to(word).starts_with("354")) {
      const std::string message = read_message(socket);
      {
        const std::lock_guard lock(mutex_);
        messages_.push_back(message);
      }
      if (!answer(socket, "message")) return;
    }
  }
}

std::string FakeSmtpServer::reply_to(const std::string& word) const {
  const std::lock_guard lock(mutex_);
  const auto found = script_.find(word);
  return found == script_.end() ? "500 5.5.2 what?" : found->second;
}

bool FakeSmtpServer::answer(DialogSocket& socket, const std::string& word) const {
  const std::string reply = reply_to(word);
  if (reply == kSilence) return wait_for_end(socket), false;
  if (reply.starts_with(kDrip)) return drip(socket, std::string_view(reply).substr(4)), false;
  const auto end = reply.find(kHangUp);
  if (end == std::string::npos) return socket.sendMessage(reply), true;
  if (end > 0) socket.sendString(reply.substr(0, end));
  socket.close();
  return false;
}

std::string FakeSmtpServer::read_message(DialogSocket& socket) const {
  std::string message;
  std::string line;
  while (socket.receiveMessage(line) && line != ".") message.append(line).append("\n");
  return message;
}

}  // namespace portal::mail
