#include "core/mail/smtp.h"

#include <Poco/Environment.h>
#include <Poco/Exception.h>
#include <Poco/Net/SSLException.h>
#include <Poco/String.h>
#include <Poco/StringTokenizer.h>

#include <fstream>
#include <map>

#include "core/base/loopback.h"
#include "core/base/system_error.h"
#include "core/mail/address.h"
#include "core/mail/base64.h"

namespace portal::mail {
namespace {

using Kind = Outcome::Kind;
using Poco::Net::Context;

constexpr auto kCiphers = "HIGH:!aNULL:!eNULL:!MD5:!3DES";
constexpr std::size_t kLongestReply = 500;
constexpr std::int64_t kPortOfTls = 465;  // from the first byte (RFC 8314)

std::string in_one_line(std::string_view what, const std::string& reply) {
  return (std::string(what) + ": " + reply).substr(0, kLongestReply);
}

// What is wrong before a mail begins is a matter between the portal and its relay.
Outcome trouble_with_relay(Kind kind, std::string_view what, const std::string& reply) {
  return {kind, in_one_line(what, reply), MailFault::kOurs, Stage::kSession};
}

// A server that closes within the handshake is no fault of TLS. Poco 1.11 has no exception of its
// own for that where OpenSSL 3 has words, and 1.13 has the same one for a server that ends the
// handshake with an alert, such as "protocol version": then too, the words are OpenSSL's.
bool is_lost_connection(const Poco::Net::SSLException& error) {
  using Poco::Net::SSLConnectionUnexpectedlyClosedException;
  const std::string& words = error.message();
  if (words.find("error:") != std::string::npos) {
    return words.find("unexpected eof") != std::string::npos;
  }
  return dynamic_cast<const SSLConnectionUnexpectedlyClosedException*>(&error) != nullptr;
}

Kind kind_of(const Reply& reply, const Refusal& refusal, Stage stage) {
  const bool about_mail = stage == Stage::kRecipient || stage == Stage::kMessage;
  if (refusal.fault == MailFault::kOurs) {
    return reply.transient() && !about_mail ? Kind::kTryLater : Kind::kBlocked;
  }
  if (reply.transient() || refusal.fault == MailFault::kMailboxFull) return Kind::kTryLater;
  return refusal.final ? Kind::kRefused : Kind::kDoubtful;
}

// The outcome of a negative reply, or nothing if it is positive. `to` may be empty.
std::optional<Outcome> objection(Stage stage, std::string_view command, const Reply& reply,
                                 std::string_view to = "") {
  if (reply.positive()) return std::nullopt;
  const Refusal refusal = read_refusal({stage, reply.text, to});
  return Outcome{kind_of(reply, refusal, stage), in_one_line(command, reply.text), refusal.fault,
                 stage};
}

bool knows_no_ehlo(const Reply& reply) {
  return reply.code == 500 || reply.code == 502 || reply.code == 504;
}

// "250-mail.example.jp 250-STARTTLS 250 AUTH PLAIN LOGIN" has the words STARTTLS and PLAIN.
bool offers(const std::string& features, std::string_view wanted) {
  const Poco::StringTokenizer words(Poco::toUpper(features),
                                    " -=", Poco::StringTokenizer::TOK_TRIM);
  return words.has(std::string(wanted));
}

Result<Secret> first_line(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) {
    return refused("mail.smtp.password_file = " + path + ": cannot read its first line");
  }
  Secret password(Poco::trimRightInPlace(line));
  wipe(line);
  return password;
}

Result<Context::Ptr> tls_context(const std::string& ca_file) {
  try {
    Context::Ptr context(new Context(Context::TLS_CLIENT_USE, ca_file, Context::VERIFY_STRICT, 9,
                                     ca_file.empty(), kCiphers));
    context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
    return context;
  } catch (const Poco::Exception& error) {
    return refused("mail.smtp.ca_file = " + ca_file + ": " + error.displayText());
  }
}

}  // namespace

SmtpServer::Security SmtpServer::security_of(const Settings& settings) {
  static const std::map<std::string, Security> kinds = {
      {"none", Security::kNone}, {"starttls", Security::kStartTls}, {"tls", Security::kTls}};
  const auto said = kinds.find(settings.text("mail.smtp.security"));
  if (said != kinds.end()) return said->second;
  if (settings.number("mail.smtp.port") == kPortOfTls) return Security::kTls;
  return is_loopback(settings.text("mail.smtp.host")) ? Security::kNone : Security::kStartTls;
}

Result<SmtpServer> Smtp::server_of(const Settings& settings) {
  SmtpServer server;
  server.host = settings.text("mail.smtp.host");
  server.port = static_cast<unsigned short>(settings.number("mail.smtp.port"));
  server.security = SmtpServer::security_of(settings);
  server.username = settings.text("mail.smtp.username");
  server.client_name = settings.text("mail.smtp.client_name");
  if (!server.client_name.empty() && !valid_domain(server.client_name)) {
    return refused("mail.smtp.client_name = " + server.client_name + " is no host name");
  }
  if (server.security != SmtpServer::Security::kNone) {
    const auto context = tls_context(settings.text("mail.smtp.ca_file"));
    if (!context) return context.error();
    server.context = *context;
  }
  if (server.username.empty()) return server;
  if (server.security == SmtpServer::Security::kNone) {
    return refused(
        "mail.smtp.username needs mail.smtp.security = starttls or tls: "
        "a password does not travel in the clear");
  }
  auto password = first_line(settings.text("mail.smtp.password_file"));
  if (!password) return password.error();
  server.password = std::move(*password);
  return server;
}

Outcome Smtp::deliver(std::string_view from, std::string_view to, std::string_view message) {
  return converse([&] { return transact(from, to, message); });
}

Outcome Smtp::try_out(std::string_view from) {
  return converse([&] {
    if (const auto trouble = name_sender(from)) return *trouble;
    if (const auto trouble = name_recipient(from)) return *trouble;
    const Reply reset = dialog_->command("RSET");
    return objection(Stage::kSession, "RSET", reset).value_or(Outcome{Kind::kDelivered, ""});
  });
}

template <class F>
Outcome Smtp::converse(const F& work) {
  const auto deadline = std::chrono::steady_clock::now() + server_.longest;
  try {
    const auto trouble = open(deadline);
    if (dialog_ && dialog_->certificate()) certificate_ = dialog_->certificate();
    if (trouble) {
      dialog_.reset();
      return *trouble;
    }
    return work();
  } catch (const Poco::Exception& error) {
    dialog_.reset();
    return trouble_with_relay(Kind::kTryLater, server_.host, explained(error.displayText()));
  }
}

std::optional<Outcome> Smtp::open(SmtpDialog::Time deadline) {
  if (dialog_) {  // kept from the previous mail; the server may have closed it meanwhile
    try {
      dialog_->set_deadline(deadline);
      if (dialog_->command("RSET").positive()) return std::nullopt;
    } catch (const Poco::Exception&) {
      // it connects again below, as after any other answer
    }
  }
  dialog_ = std::make_unique<SmtpDialog>(server_.host, server_.port, server_.patience, deadline);
  return greet(*dialog_);
}

std::optional<Outcome> Smtp::greet(SmtpDialog& dialog) {
  using Security = SmtpServer::Security;
  if (server_.security == Security::kTls) {
    if (auto trouble = start_tls(dialog)) return trouble;
  }
  if (auto trouble = objection(Stage::kSession, "greeting", dialog.read_reply())) return trouble;
  if (auto trouble = say_hello(dialog)) return trouble;
  if (server_.security == Security::kStartTls) {
    if (!offers(features_, "STARTTLS")) return not_offered("STARTTLS");
    const Reply go_ahead = dialog.command("STARTTLS");
    if (auto trouble = objection(Stage::kSession, "STARTTLS", go_ahead)) return trouble;
    if (auto trouble = start_tls(dialog)) return trouble;
    // The reply that came without TLS does not count.
    if (auto trouble = say_hello(dialog)) return trouble;
  }
  return server_.username.empty() ? std::nullopt : authenticate(dialog);
}

std::optional<Outcome> Smtp::say_hello(SmtpDialog& dialog) {
  const std::string name = client_name(dialog);
  const Reply hello = dialog.command("EHLO " + name);
  features_ = hello.text;
  if (!knows_no_ehlo(hello)) return objection(Stage::kSession, "EHLO", hello);
  features_.clear();
  return objection(Stage::kSession, "HELO", dialog.command("HELO " + name));
}

Outcome Smtp::not_offered(std::string_view wanted) const {
  return trouble_with_relay(
      Kind::kBlocked, server_.host,
      "does not offer " + std::string(wanted) +
          (features_.empty() ? ", because it knows only HELO and not EHLO" : ""));
}

std::string Smtp::client_name(const SmtpDialog& dialog) const {
  if (!server_.client_name.empty()) return server_.client_name;
  const std::string own = Poco::Environment::nodeName();
  const bool qualified = own.find('.') != std::string::npos;
  return qualified ? own : dialog.address_literal();
}

std::optional<Outcome> Smtp::start_tls(SmtpDialog& dialog) {
  try {
    dialog.start_tls(server_.host, server_.context);
    return std::nullopt;
  } catch (const Poco::Net::SSLException& error) {
    if (is_lost_connection(error)) throw;
    return trouble_with_relay(Kind::kBlocked, "TLS to " + server_.host, error.displayText());
  }
}

std::optional<Outcome> Smtp::authenticate(SmtpDialog& dialog) {
  const std::string password(server_.password.view());
  if (offers(features_, "PLAIN")) {  // RFC 4616
    const std::string response = base64('\0' + server_.username + '\0' + password);
    return objection(Stage::kSession, "AUTH", dialog.command("AUTH PLAIN " + response));
  }
  if (!offers(features_, "LOGIN")) return not_offered("AUTH PLAIN or LOGIN");
  for (const auto& line : {std::string("AUTH LOGIN"), base64(server_.username), base64(password)}) {
    if (auto trouble = objection(Stage::kSession, "AUTH", dialog.command(line))) return trouble;
  }
  return std::nullopt;
}

std::optional<Outcome> Smtp::name_sender(std::string_view from) {
  const Reply sender = dialog_->command("MAIL FROM:<" + written_address(from) + ">");
  return objection(Stage::kSender, "MAIL FROM", sender);
}

std::optional<Outcome> Smtp::name_recipient(std::string_view to) {
  const Reply recipient = dialog_->command("RCPT TO:<" + written_address(to) + ">");
  return objection(Stage::kRecipient, "RCPT TO", recipient, to);
}

Outcome Smtp::transact(std::string_view from, std::string_view to, std::string_view message) {
  if (const auto trouble = name_sender(from)) return *trouble;
  if (const auto trouble = name_recipient(to)) return *trouble;
  const Reply data = dialog_->command("DATA");
  if (const auto trouble = objection(Stage::kMessage, "DATA", data, to)) return *trouble;
  const Reply end = dialog_->send_message(message);
  if (const auto trouble = objection(Stage::kMessage, "message", end, to)) return *trouble;
  return {Kind::kDelivered, end.text};
}

void Smtp::finish() {
  if (!dialog_) return;
  try {
    dialog_->set_deadline(std::chrono::steady_clock::now() + std::chrono::seconds(2));
    dialog_->command("QUIT");  // the mails are delivered, whatever the server answers
  } catch (const Poco::Exception&) {
    // the server has closed the connection first
  }
  dialog_.reset();
}

}  // namespace portal::mail
