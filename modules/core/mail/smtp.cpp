#include "core/mail/smtp.h"

#include <Poco/Environment.h>
#include <Poco/Exception.h>
#include <Poco/Net/SSLException.h>
#include <Poco/RegularExpression.h>
#include <Poco/String.h>
#include <Poco/StringTokenizer.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>

#include "core/mail/address.h"
#include "core/mail/base64.h"

namespace portal::mail {
namespace {

using Kind = Outcome::Kind;
using Poco::Net::Context;

constexpr auto kCiphers = "HIGH:!aNULL:!eNULL:!MD5:!3DES";
constexpr std::size_t kLongestReply = 500;

Outcome outcome(Kind kind, std::string_view what, const std::string& reply) {
  return {kind, (std::string(what) + ": " + reply).substr(0, kLongestReply)};
}

// The outcome of a negative reply; `permanent` is the outcome of a permanent one. Nothing if the
// reply is positive.
std::optional<Outcome> objection(std::string_view command, const Reply& reply, Kind permanent) {
  if (reply.positive()) return std::nullopt;
  return outcome(reply.transient() ? Kind::kTryLater : permanent, command, reply.text);
}

// The reply in lower case, without addresses: an address such as relay@example.jp must not look
// like a refusal to relay.
std::string words_about_us(const Reply& reply, std::string_view to) {
  static const Poco::RegularExpression addresses("\\S*@\\S*");
  std::string text = Poco::toLower(reply.text);
  addresses.subst(text, "", Poco::RegularExpression::RE_GLOBAL);
  return Poco::replace(text, Poco::toLower(std::string(domain_of(to))), std::string());
}

// Decides whether the refusal of RCPT is about the portal and not about this recipient:
// authentication is required, or relaying is denied, in the words of any server. Postfix refuses
// the client, its name and the sender only here (smtpd_delay_reject; access(5), postconf(5)).
Kind refused_recipient(const Reply& reply, std::string_view to) {
  constexpr std::array<std::string_view, 6> kOurs = {
      "relay", "authenticat", "client host", "helo command", "sender address", "sender domain"};
  const std::string text = words_about_us(reply, to);
  const bool ours = reply.code == 530 || std::ranges::any_of(kOurs, [&](std::string_view words) {
                      return text.find(words) != std::string::npos;
                    });
  return ours ? Kind::kBlocked : Kind::kRefused;
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

Result<SmtpServer> Smtp::server_of(const Settings& settings) {
  static const std::map<std::string, SmtpServer::Security> kinds = {
      {"none", SmtpServer::Security::kNone},
      {"starttls", SmtpServer::Security::kStartTls},
      {"tls", SmtpServer::Security::kTls}};
  SmtpServer server;
  server.host = settings.text("mail.smtp.host");
  server.port = static_cast<unsigned short>(settings.number("mail.smtp.port"));
  server.security = kinds.at(settings.text("mail.smtp.security"));
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
    const auto trouble = name_sender(from);
    return trouble ? *trouble : Outcome{Kind::kDelivered, ""};
  });
}

template <class F>
Outcome Smtp::converse(const F& work) {
  const auto deadline = std::chrono::steady_clock::now() + server_.longest;
  try {
    if (const auto trouble = open(deadline)) {
      dialog_.reset();
      return *trouble;
    }
    return work();
  } catch (const Poco::Exception& error) {
    dialog_.reset();
    return outcome(Kind::kTryLater, server_.host, error.displayText());
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
  if (server_.security == SmtpServer::Security::kTls) {
    if (auto trouble = start_tls(dialog)) return trouble;
  }
  if (auto trouble = objection("greeting", dialog.read_reply(), Kind::kBlocked)) return trouble;
  const std::string ehlo = "EHLO " + client_name(dialog);
  Reply hello = dialog.command(ehlo);
  if (auto trouble = objection("EHLO", hello, Kind::kBlocked)) return trouble;
  if (server_.security == SmtpServer::Security::kStartTls) {
    if (!offers(hello.text, "STARTTLS")) {
      return outcome(Kind::kBlocked, server_.host, "does not offer STARTTLS");
    }
    if (auto trouble = objection("STARTTLS", dialog.command("STARTTLS"), Kind::kBlocked))
      return trouble;
    if (auto trouble = start_tls(dialog)) return trouble;
    hello = dialog.command(ehlo);  // the reply that came without TLS does not count
    if (auto trouble = objection("EHLO", hello, Kind::kBlocked)) return trouble;
  }
  features_ = hello.text;
  return server_.username.empty() ? std::nullopt : authenticate(dialog);
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
  } catch (const Poco::Net::SSLConnectionUnexpectedlyClosedException&) {
    throw;  // this is a lost connection like any other
  } catch (const Poco::Net::SSLException& error) {
    return outcome(Kind::kBlocked, "TLS to " + server_.host, error.displayText());
  }
}

std::optional<Outcome> Smtp::authenticate(SmtpDialog& dialog) {
  const std::string password(server_.password.view());
  if (offers(features_, "PLAIN")) {  // RFC 4616
    const std::string response = base64('\0' + server_.username + '\0' + password);
    return objection("AUTH", dialog.command("AUTH PLAIN " + response), Kind::kBlocked);
  }
  if (!offers(features_, "LOGIN")) {
    return outcome(Kind::kBlocked, server_.host, "offers neither AUTH PLAIN nor LOGIN");
  }
  for (const auto& line : {std::string("AUTH LOGIN"), base64(server_.username), base64(password)}) {
    if (auto trouble = objection("AUTH", dialog.command(line), Kind::kBlocked)) return trouble;
  }
  return std::nullopt;
}

std::optional<Outcome> Smtp::name_sender(std::string_view from) {
  const Reply sender = dialog_->command("MAIL FROM:<" + written_address(from) + ">");
  return objection("MAIL FROM", sender, Kind::kBlocked);
}

Outcome Smtp::transact(std::string_view from, std::string_view to, std::string_view message) {
  if (const auto trouble = name_sender(from)) return *trouble;
  const Reply recipient = dialog_->command("RCPT TO:<" + written_address(to) + ">");
  if (const auto trouble = objection("RCPT TO", recipient, refused_recipient(recipient, to)))
    return *trouble;
  const Reply data = dialog_->command("DATA");
  if (const auto trouble = objection("DATA", data, Kind::kRefused)) return *trouble;
  const Reply end = dialog_->send_message(message);
  if (const auto trouble = objection("message", end, Kind::kRefused)) return *trouble;
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
