// One connection to an SMTP server: commands, replies, TLS (RFC 5321, 3207). smtp.h has the policy.
//
// It uses Poco's sockets and not Poco::Net::SMTPClientSession (1.11), which connects without a time
// limit, starts its time limit again for each byte, loops for ever when the connection ends within
// a reply of several lines, and forgets the host name to verify when it gets a connected socket.
// libcurl (7.88) was not used, because only an English error text tells a refused MAIL from a
// refused RCPT. VMime was not used, because Debian's version 0.9.2 is under the GPL and brings
// GnuTLS and GSASL beside OpenSSL.
#pragma once

#include <Poco/Net/Context.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/StreamSocket.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/mail/time_limit.h"
#include "core/tls/certificate.h"

namespace portal::mail {

struct Reply {
  int code = 0;
  std::string text;  // "250 2.1.0 Ok"; several lines are joined by a space

  bool positive() const { return code / 100 == 2 || code / 100 == 3; }
  bool transient() const { return code / 100 == 4; }
};

// The time that the peer may take.
struct Patience {
  std::chrono::milliseconds connect = std::chrono::seconds(10);  // to each address of the host
  std::chrono::milliseconds command = std::chrono::seconds(30);  // from a command to its reply
};

// Every member but the destructor throws a Poco::Exception if the connection is lost, the peer does
// not speak SMTP, or the deadline has passed. The object cannot be used afterwards.
class SmtpDialog {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // Tries all addresses of the host. set_deadline() explains `deadline`.
  SmtpDialog(const std::string& host, unsigned short port, Patience patience, Time deadline);
  SmtpDialog(const SmtpDialog&) = delete;
  SmtpDialog& operator=(const SmtpDialog&) = delete;
  ~SmtpDialog();

  // Everything that follows must end before this time, however little time each part takes.
  void set_deadline(Time deadline) { deadline_ = deadline; }

  // Throws Poco::Net::CertificateValidationException, which says why, unless the certificate is
  // valid and carries the name `host`.
  void start_tls(const std::string& host, const Poco::Net::Context::Ptr& context);
  // What start_tls() has seen. Nothing: none was shown.
  const std::optional<tls::Certificate>& certificate() const { return certificate_; }

  Reply read_reply();
  Reply command(std::string_view line);
  // Sends the message after DATA, with doubled dots and the end mark. Only the deadline limits the
  // time, because a server may check the message for spam.
  Reply send_message(std::string_view message);

  // The local address of the connection as an address literal (RFC 5321 §4.1.3): "[192.0.2.1]".
  std::string address_literal() const;

 private:
  Time one_command() const;
  Poco::Net::SecureStreamSocket secured(const std::string& host,
                                        const Poco::Net::Context::Ptr& context);
  // Runs `work`, which uses the socket, until `until` at the latest. `what` was too slow then.
  template <class F>
  auto within(Time until, const char* what, const F& work);
  Reply read_reply(Time until);
  std::string read_line(Time until);
  void send(std::string_view bytes, Time until);

  Poco::Net::StreamSocket socket_;
  std::string received_;  // bytes that were received but not yet read
  Patience patience_;
  Time deadline_;
  std::unique_ptr<TimeLimit> limit_;  // with TLS
  std::optional<tls::Certificate> certificate_;
};

}  // namespace portal::mail
