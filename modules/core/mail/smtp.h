// Delivery to an SMTP server (the mail relay): one connection for a batch.
//
// A temporary refusal (4xx) or lost connection: kTryLater. A permanent one: of RCPT or the message,
// kRefused; of us (greeting, EHLO, TLS, AUTH, MAIL FROM, or RCPT in words about us), kBlocked.
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
  std::string host;
  unsigned short port = 25;
  Security security = Security::kNone;
  Poco::Net::Context::Ptr context;  // null with kNone
  std::string username;             // empty: no authentication
  Secret password;
  std::string client_name;  // of EHLO; empty: this machine's, or its address
  Patience patience = {};
  std::chrono::milliseconds longest = std::chrono::seconds(kLongestDelivery);  // for one mail
};

class Smtp : public Transport {
 public:
  // mail.smtp.*; does not connect yet. Refused: a password without TLS, files that cannot be read,
  // a client name that is none.
  static Result<SmtpServer> server_of(const Settings& settings);

  explicit Smtp(SmtpServer server) : server_(std::move(server)) {}
  ~Smtp() override { finish(); }

  Outcome deliver(std::string_view from, std::string_view to, std::string_view message) override;
  void finish() override;

  // As far as a mail of `from` goes before its recipient is named: connection, TLS, password,
  // sender. kDelivered: nothing stands in the way, and nothing was sent.
  Outcome try_out(std::string_view from);

 private:
  // What stands in the way, if anything does.
  std::optional<Outcome> open(SmtpDialog::Time deadline);
  std::optional<Outcome> name_sender(std::string_view from);
  std::optional<Outcome> greet(SmtpDialog& dialog);
  std::string client_name(const SmtpDialog& dialog) const;
  std::optional<Outcome> start_tls(SmtpDialog& dialog);
  std::optional<Outcome> authenticate(SmtpDialog& dialog);
  // Opens the connection and does `work` with it; a connection that is of no use is given up.
  template <class F>
  Outcome converse(const F& work);
  Outcome transact(std::string_view from, std::string_view to, std::string_view message);

  SmtpServer server_;
  std::string features_;  // the reply to EHLO
  std::unique_ptr<SmtpDialog> dialog_;
};

}  // namespace portal::mail
