// One connection to an SMTP server: commands, replies, TLS (RFC 5321, 3207). No policy: see smtp.h.
//
// Built on Poco's sockets and line reader, not on Poco::Net::SMTPClientSession (1.11): that one
// connects without a time limit, loops for ever when the connection ends within a reply of several
// lines, and forgets the host name to verify when it is handed a connected socket. Nor on libcurl:
// it tells MAIL from RCPT only by an English error text, and would be one more dependency.
#pragma once

#include <Poco/Net/Context.h>
#include <Poco/Net/DialogSocket.h>

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

// Every member but the destructor throws a Poco::Exception when the connection is lost, the peer
// does not speak SMTP, or the deadline has passed; the object is then good for nothing.
class SmtpDialog {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // Tries all addresses of the host.
  SmtpDialog(const std::string& host, unsigned short port, Time deadline);
  SmtpDialog(const SmtpDialog&) = delete;
  SmtpDialog& operator=(const SmtpDialog&) = delete;
  ~SmtpDialog();

  // All that follows must be over by then.
  void set_deadline(Time deadline) { deadline_ = deadline; }

  // The certificate must be good and carry `host`: Poco::Net::SSLException if not.
  void start_tls(const std::string& host, const Poco::Net::Context::Ptr& context);

  Reply read_reply();
  Reply command(std::string_view line);
  // What follows DATA: dots doubled, the end marked.
  Reply send_message(std::string_view message);

  // Our end of the connection as an address literal (RFC 5321 §4.1.3): "[192.0.2.1]".
  std::string address_literal() const;

 private:
  void send(std::string_view bytes);
  void limit_time();

  Poco::Net::DialogSocket socket_;
  Time deadline_;
};

}  // namespace portal::mail
