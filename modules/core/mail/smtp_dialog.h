// One connection to an SMTP server: commands, replies, TLS (RFC 5321, 3207). No policy: see smtp.h.
//
// Built on Poco's sockets, not on Poco::Net::SMTPClientSession (1.11): that one connects without a
// time limit, waits anew for each byte, loops for ever when the connection ends within a reply of
// several lines, and forgets the host name to verify when it is handed a connected socket. Nor on
// libcurl (7.88): it tells MAIL from RCPT only by an English error text. Nor on VMime: Debian's is
// 0.9.2, under the GPL, and brings GnuTLS and GSASL beside the OpenSSL that is here.
#pragma once

#include <Poco/Net/Context.h>
#include <Poco/Net/StreamSocket.h>

#include <chrono>
#include <string>
#include <string_view>

namespace portal::mail {

struct Reply {
  int code = 0;
  std::string text;  // "250 2.1.0 Ok"; several lines are joined by a space

  bool positive() const { return code / 100 == 2 || code / 100 == 3; }
  bool transient() const { return code / 100 == 4; }
};

// How long the peer may take.
struct Patience {
  std::chrono::milliseconds connect = std::chrono::seconds(10);  // to each address of the host
  std::chrono::milliseconds command = std::chrono::seconds(30);  // from a command to its reply
};

// Every member but the destructor throws a Poco::Exception when the connection is lost, the peer
// does not speak SMTP, or the deadline has passed; the object is then good for nothing.
class SmtpDialog {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // Tries all addresses of the host. `deadline`: see set_deadline().
  SmtpDialog(const std::string& host, unsigned short port, Patience patience, Time deadline);
  SmtpDialog(const SmtpDialog&) = delete;
  SmtpDialog& operator=(const SmtpDialog&) = delete;
  ~SmtpDialog();

  // All that follows must be over by then, however little each part of it takes.
  void set_deadline(Time deadline) { deadline_ = deadline; }

  // The certificate must be good and carry `host`: Poco::Net::SSLException if not.
  void start_tls(const std::string& host, const Poco::Net::Context::Ptr& context);

  Reply read_reply();
  Reply command(std::string_view line);
  // What follows DATA: dots doubled, the end marked. A server that looks at it for spam takes its
  // time: only the deadline counts.
  Reply send_message(std::string_view message);

  // Our end of the connection as an address literal (RFC 5321 §4.1.3): "[192.0.2.1]".
  std::string address_literal() const;

 private:
  Time one_command() const;
  Reply read_reply(Time until);
  std::string read_line(Time until);
  void send(std::string_view bytes, Time until);

  Poco::Net::StreamSocket socket_;
  std::string received_;  // and not read yet
  Patience patience_;
  Time deadline_;
};

}  // namespace portal::mail
