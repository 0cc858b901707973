// A mail server on loopback that answers as a test says: one thread, one connection after another.
#pragma once

#include <Poco/Net/Context.h>
#include <Poco/Net/DialogSocket.h>
#include <Poco/Net/ServerSocket.h>

#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace portal::mail {

class FakeSmtpServer {
 public:
  // By the command's first word; "greeting" and "message" (what ends DATA) are words too. A reply
  // is sent as it stands, with CRLF added; kHangUp closes instead, after what stands before it.
  using Script = std::map<std::string, std::string>;
  static constexpr auto kHangUp = "HANG UP";
  static constexpr auto kSilence = "SILENCE";  // no answer at all
  static constexpr auto kDrip = "DRIP";        // what follows it comes as it stands, slowly

  // `context`: for STARTTLS, or with `at_once` from the first byte; null: none, and the
  // handshake after STARTTLS is never answered.
  explicit FakeSmtpServer(Script script, Poco::Net::Context::Ptr context = {},
                          bool at_once = false);
  FakeSmtpServer(const FakeSmtpServer&) = delete;
  FakeSmtpServer& operator=(const FakeSmtpServer&) = delete;
  ~FakeSmtpServer();

  unsigned short port() const { return socket_.address().port(); }
  void set(const std::string& word, const std::string& reply);
  std::vector<std::string> commands() const;  // all so far, as they came
  std::vector<std::string> messages() const;  // as they came, dots doubled

 private:
  void serve();
  void talk(Poco::Net::DialogSocket socket);
  std::string reply_to(const std::string& word) const;
  bool answer(Poco::Net::DialogSocket& socket, const std::string& word) const;
  std::string read_message(Poco::Net::DialogSocket& socket) const;

  mutable std::mutex mutex_;
  Script script_;
  std::vector<std::string> commands_;
  std::vector<std::string> messages_;
  Poco::Net::Context::Ptr context_;
  bool at_once_;
  Poco::Net::ServerSocket socket_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace portal::mail
