#include "core/mail/smtp_dialog.h"

#include <Poco/Ascii.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/MailStream.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketAddress.h>

#include <algorithm>
#include <sstream>

namespace portal::mail {
namespace {

using Poco::Net::IPAddress;
using Poco::Net::StreamSocket;

constexpr int kMostLines = 100;  // of one reply

Poco::Timespan left_until(SmtpDialog::Time deadline) {
  using std::chrono::microseconds;
  const auto left = deadline - std::chrono::steady_clock::now();
  if (left <= left.zero()) throw Poco::TimeoutException("the mail server is too slow");
  return Poco::Timespan(std::chrono::duration_cast<microseconds>(left).count());
}

StreamSocket connect(const std::string& host, unsigned short port, SmtpDialog::Time deadline) {
  const auto addresses = Poco::Net::DNS::hostByName(host).addresses();
  for (auto address = addresses.begin(); address != addresses.end(); ++address) {
    try {
      StreamSocket socket;
      socket.connect(Poco::Net::SocketAddress(*address, port), left_until(deadline));
      return socket;
    } catch (const Poco::Exception&) {
      if (std::next(address) == addresses.end()) throw;  // else the host's next address is tried
    }
  }
  throw Poco::Net::HostNotFoundException(host);
}

// "250-SIZE" and "250 OK" → 250; anything else is no reply.
int code_of(const std::string& line) {
  const auto digit = [&](std::size_t i) { return Poco::Ascii::isDigit(line[i]); };
  if (line.size() < 3 || !digit(0) || !digit(1) || !digit(2)) {
    throw Poco::ProtocolException("the mail server's answer is no SMTP reply");
  }
  return std::stoi(line.substr(0, 3));
}

}  // namespace

SmtpDialog::SmtpDialog(const std::string& host, unsigned short port, Time deadline)
    : socket_(connect(host, port, deadline)), deadline_(deadline) {}

SmtpDialog::~SmtpDialog() {
  socket_.close();
}

void SmtpDialog::limit_time() {
  const Poco::Timespan left = left_until(deadline_);
  socket_.setReceiveTimeout(left);
  socket_.setSendTimeout(left);
}

void SmtpDialog::start_tls(const std::string& host, const Poco::Net::Context::Ptr& context) {
  limit_time();
  auto secure = Poco::Net::SecureStreamSocket::attach(socket_, host, context);
  // A handshake that timed out returns too, and with neither certificate nor host name checked.
  if (!secure.havePeerCertificate()) throw Poco::TimeoutException("TLS handshake");
  socket_ = secure;  // and what was received in the clear is dropped
}

Reply SmtpDialog::read_reply() {
  limit_time();
  Reply reply;
  for (int i = 0; i < kMostLines; ++i) {
    std::string line;
    if (!socket_.receiveMessage(line)) throw Poco::Net::ConnectionResetException("mail server");
    reply.code = code_of(line);
    const bool last = line.size() == 3 || line[3] != '-';
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c < ' ' || c > '~'; }, ' ');
    reply.text.append(reply.text.empty() ? "" : " ").append(line);
    if (last) return reply;
  }
  throw Poco::ProtocolException("the mail server's reply has no end");
}

Reply SmtpDialog::command(std::string_view line) {
  send(std::string(line) + "\r\n");
  return read_reply();
}

Reply SmtpDialog::send_message(std::string_view message) {
  std::ostringstream bytes;
  Poco::Net::MailOutputStream stuffed(bytes);
  stuffed << message;
  stuffed.close();
  send(bytes.str());
  return read_reply();
}

void SmtpDialog::send(std::string_view bytes) {
  limit_time();
  while (!bytes.empty()) {
    const int sent = socket_.sendBytes(bytes.data(), static_cast<int>(bytes.size()));
    if (sent <= 0) throw Poco::Net::ConnectionResetException("mail server");
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::string SmtpDialog::address_literal() const {
  const IPAddress address = socket_.address().host();
  return (address.family() == IPAddress::IPv6 ? "[IPv6:" : "[") + address.toString() + "]";
}

}  // namespace portal::mail
