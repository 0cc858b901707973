#include "core/mail/smtp_dialog.h"

#include <Poco/Ascii.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/MailStream.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketAddress.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "core/base/activity.h"

namespace portal::mail {
namespace {

using Poco::Net::IPAddress;
using Poco::Net::StreamSocket;

constexpr int kMostLines = 100;  // of one reply
constexpr std::size_t kLongestLine = 4096;
constexpr auto kServer = "the mail server";

using std::chrono::steady_clock;

Poco::Timespan left_until(SmtpDialog::Time time, const char* what = kServer) {
  using std::chrono::microseconds;
  const auto left = std::chrono::duration_cast<microseconds>(time - steady_clock::now());
  if (left <= left.zero()) throw Poco::TimeoutException(what, "too slow");
  return Poco::Timespan(left.count());
}

// How long a phase may last that ends by itself at this time.
Activity::Bound bound_of(SmtpDialog::Time until) {
  return std::chrono::ceil<Activity::Bound>(std::max(until, steady_clock::now()) -
                                            steady_clock::now()) +
         Activity::kMargin;
}

Poco::Net::HostEntry::AddressList addresses_of(const std::string& host) {
  // As resolv.conf(5) has it by default: three servers, two tries, 5 s each.
  constexpr Activity::Bound kResolving{30};
  const Phase phase(Activity::Kind::kOther, kResolving + Activity::kMargin);
  return Poco::Net::DNS::hostByName(host).addresses();
}

StreamSocket connect(const std::string& host, unsigned short port, Patience patience,
                     SmtpDialog::Time deadline) {
  const auto addresses = addresses_of(host);
  for (auto address = addresses.begin(); address != addresses.end(); ++address) {
    try {
      StreamSocket socket;
      const auto until = std::min(deadline, steady_clock::now() + patience.connect);
      const Phase phase(Activity::Kind::kOther, bound_of(until));
      socket.connect(Poco::Net::SocketAddress(*address, port), left_until(until));
      return socket;
    } catch (const Poco::Exception&) {
      if (std::next(address) == addresses.end()) throw;  // otherwise tries the host's next address
    }
  }
  throw Poco::Net::HostNotFoundException(host);
}

// The code of a line of a reply: 250 for "250-SIZE" and "250 OK". Throws if the line has none.
int code_of(const std::string& line) {
  const auto digit = [&](std::size_t i) { return Poco::Ascii::isDigit(line[i]); };
  if (line.size() < 3 || !digit(0) || !digit(1) || !digit(2)) {
    throw Poco::ProtocolException("the mail server's answer is no SMTP reply");
  }
  return std::stoi(line.substr(0, 3));
}

}  // namespace

SmtpDialog::SmtpDialog(const std::string& host, unsigned short port, Patience patience,
                       Time deadline)
    : socket_(connect(host, port, patience, deadline)), patience_(patience), deadline_(deadline) {}

SmtpDialog::~SmtpDialog() {
  const Phase phase(Activity::Kind::kOther, bound_of(one_command()));  // TLS says good-bye
  limit_.reset();
  socket_.close();
}

SmtpDialog::Time SmtpDialog::one_command() const {
  return std::min(deadline_, steady_clock::now() + patience_.command);
}

// A socket that was shut down at the end of its time looks like one that the peer has closed.
template <class F>
auto SmtpDialog::within(Time until, const char* what, const F& work) {
  if (limit_) limit_->set(until);
  const Phase phase(Activity::Kind::kOther, bound_of(until));
  try {
    return work();
  } catch (const Poco::Exception&) {
    left_until(until, what);
    throw;
  }
}

Poco::Net::SecureStreamSocket SmtpDialog::secured(const std::string& host,
                                                  const Poco::Net::Context::Ptr& context) {
  const tls::CertificateWatch watch(context, host);
  try {
    auto secure = Poco::Net::SecureStreamSocket::attach(socket_, host, context);
    certificate_ = watch.seen();
    return secure;
  } catch (const Poco::Exception&) {
    // What Poco throws depends on its version; that the certificate is at fault must not look like
    // a lost connection.
    certificate_ = watch.seen();
    if (!watch.refused()) throw;
    throw Poco::Net::CertificateValidationException(certificate_->why_not());
  }
}

void SmtpDialog::start_tls(const std::string& host, const Poco::Net::Context::Ptr& context) {
  const Time until = one_command();
  const Poco::Timespan left = left_until(until);
  socket_.setReceiveTimeout(left);
  socket_.setSendTimeout(left);
  limit_ = std::make_unique<TimeLimit>(socket_.impl()->sockfd(), until);
  auto secure = within(until, "TLS handshake", [&] { return secured(host, context); });
  // A handshake that timed out returns too, and then neither certificate nor host name is checked.
  if (!secure.havePeerCertificate()) throw Poco::TimeoutException("TLS handshake");
  socket_ = secure;
  received_.clear();  // drops bytes that came without TLS
}

Reply SmtpDialog::read_reply() {
  return read_reply(one_command());
}

Reply SmtpDialog::read_reply(Time until) {
  Reply reply;
  for (int i = 0; i < kMostLines; ++i) {
    std::string line = read_line(until);
    reply.code = code_of(line);
    const bool last = line.size() == 3 || line[3] != '-';
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c < ' ' || c > '~'; }, ' ');
    reply.text.append(reply.text.empty() ? "" : " ").append(line);
    if (last) return reply;
  }
  throw Poco::ProtocolException("the mail server's reply has no end");
}

// Checks the remaining time before each receiving, because a server may send only a byte now and
// then.
std::string SmtpDialog::read_line(Time until) {
  for (;;) {
    const auto end = received_.find('\n');
    if (end != std::string::npos) {
      std::string line = received_.substr(0, end);
      received_.erase(0, end + 1);
      if (line.ends_with('\r')) line.pop_back();
      return line;
    }
    if (received_.size() > kLongestLine) {
      throw Poco::ProtocolException("the mail server's answer has no line end");
    }
    std::array<char, 1024> bytes;
    socket_.setReceiveTimeout(left_until(until));
    const int count = within(until, kServer, [&] {
      return socket_.receiveBytes(bytes.data(), static_cast<int>(bytes.size()));
    });
    if (count <= 0) left_until(until);
    if (count <= 0) throw Poco::Net::ConnectionResetException("mail server");
    received_.append(bytes.data(), static_cast<std::size_t>(count));
  }
}

Reply SmtpDialog::command(std::string_view line) {
  const Time until = one_command();
  send(std::string(line) + "\r\n", until);
  return read_reply(until);
}

Reply SmtpDialog::send_message(std::string_view message) {
  std::ostringstream bytes;
  Poco::Net::MailOutputStream stuffed(bytes);
  stuffed << message;
  stuffed.close();
  send(bytes.str(), deadline_);
  return read_reply(deadline_);
}

void SmtpDialog::send(std::string_view bytes, Time until) {
  while (!bytes.empty()) {
    socket_.setSendTimeout(left_until(until));
    const int sent = within(until, kServer, [&] {
      return socket_.sendBytes(bytes.data(), static_cast<int>(bytes.size()));
    });
    if (sent <= 0) throw Poco::Net::ConnectionResetException("mail server");
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::string SmtpDialog::address_literal() const {
  const IPAddress address = socket_.address().host();
  return (address.family() == IPAddress::IPv6 ? "[IPv6:" : "[") + address.toString() + "]";
}

}  // namespace portal::mail
