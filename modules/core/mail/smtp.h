// Delivers to an SMTP server (the mail relay), with one connection for a batch of mails.
//
// refusal.h reads the replies. After a temporary refusal (4xx), a full mailbox or a lost connection
// the outcome is kTryLater. After a permanent refusal it is kBlocked if it is about the portal, as
// every one is until MAIL FROM is accepted; kRefused if it is clearly about the recipient; and
// otherwise kDoubtful. A sending limit is about the portal even if it is temporary.
#pragma once

#include <Poco/Net/Context.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/secret.h"
#include "core/mail/smtp_dialog.h"
#include "core/mail/transport.h"

namespace portal::mail {

struct SmtpServer {
  enum class Security { kNone, kStartTls, kTls };
  // What mail.smtp.security says; with `auto`, what follows from host and port.
  static Security security_of(const Settings& settings);
  std::string host;
  unsigned short port = 25;
  Security security = Security::kNone;
  Poco::Net::Context::Ptr context;  // null with kNone
  std::string username;             // no authentication if it is empty
  Secret password;
  std::string client_name;  // for EHLO; if it is empty, this machine's name or address
  Patience patience = {};
  std::chrono::milliseconds longest = std::chrono::seconds(kLongestDelivery);  // for one mail
};

class Smtp final : public Transport {
 public:
  // Reads the settings mail.smtp.* and does not connect yet. Refused: a password without TLS, files
  // that cannot be read, or an invalid client name.
  static Result<SmtpServer> server_of(const Settings& settings);

  explicit Smtp(SmtpServer server) : server_(std::move(server)) {}
  ~Smtp() override { finish(); }

  Outcome deliver(std::string_view from, std::string_view to, std::string_view message) override;
  void finish() override;

  // Goes as far as a mail of `from` to itself goes before its text: connection, TLS, password,
  // sender, recipient, and takes that back (RSET). It sends nothing. kDelivered means that a mail
  // could be sent.
  Outcome try_out(std::string_view from);
  // Of the server, as it was seen last. Nothing: no TLS, or it did not come so far.
  const std::optional<tls::Certificate>& certificate() const { return certificate_; }

 private:
  // These return what prevents a delivery, or nothing.
  std::optional<Outcome> open(SmtpDialog::Time deadline);
  std::optional<Outcome> name_sender(std::string_view from);
  std::optional<Outcome> name_recipient(std::string_view to);
  std::optional<Outcome> greet(SmtpDialog& dialog);
  // EHLO, or HELO for a server that does not know EHLO (RFC 5321 §3.2).
  std::optional<Outcome> say_hello(SmtpDialog& dialog);
  std::string client_name(const SmtpDialog& dialog) const;
  Outcome not_offered(std::string_view wanted) const;
  std::optional<Outcome> start_tls(SmtpDialog& dialog);
  std::optional<Outcome> authenticate(SmtpDialog& dialog);
  // Opens the connection and calls `work` with it. A connection that has failed is closed.
  template <class F>
  Outcome converse(const F& work);
  Outcome transact(std::string_view from, std::string_view to, std::string_view message);

  SmtpServer server_;
  std::string features_;  // the reply to EHLO; empty after HELO, which offers nothing
  std::unique_ptr<SmtpDialog> dialog_;
  std::optional<tls::Certificate> certificate_;
};

}  // namespace portal::mail
