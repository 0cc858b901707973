// The probes of how mails leave: by the Maildir, or by SMTP, which is spoken with the relay up to
// the point where a mail would begin; and whether the queue is paused, because the relay refuses
// the mails themselves.
#include <unistd.h>

#include <cerrno>

#include "core/base/japan_time.h"
#include "core/base/log.h"
#include "core/database/database.h"
#include "core/database/mail/mail_pause.h"
#include "core/mail/address.h"
#include "core/mail/smtp.h"
#include "core/mail/transport.h"
#include "portalctl/check/probe.h"

namespace portalctl {
namespace {

using portal::mail::Outcome;
using portal::mail::Smtp;

std::string described(const portal::mail::SmtpServer& server) {
  using Security = portal::mail::SmtpServer::Security;
  std::string text = server.host + ":" + std::to_string(server.port);
  if (server.security != Security::kNone) text += ", its certificate is good";
  if (!server.username.empty()) text += ", it takes the password";
  return text;
}

// Why the probe cannot look, or nothing. If root asked, the probe runs as the mailer's user, and
// what that user may not use is a fault.
std::string hindrance(const Subject& subject) {
  const std::string& path =
      subject.settings.text(subject.smtp() ? "mail.smtp.password_file" : "mail.maildir");
  if (path.empty() || access(path.c_str(), subject.smtp() ? R_OK : W_OK) == 0) return "";
  if (errno == ENOENT && is_credential(path)) {
    return path + " is there only while the mailer runs: systemctl start portal-mailer";
  }
  if (errno != EACCES || subject.root) return "";
  return path + " is another user's: as root, or as the user of portal-mailer";
}

}  // namespace

Findings probe_mail(const Subject& subject) {
  const auto& settings = subject.settings;
  if (const std::string why = hindrance(subject); !why.empty()) return {not_applicable(why)};
  if (!subject.smtp()) {
    if (const auto made = portal::mail::make_transport(settings); !made) {
      return {fault(made.error().message)};
    }
    return {ok("mails go to " + settings.text("mail.maildir"))};
  }
  auto server = Smtp::server_of(settings);
  if (!server) return {fault(server.error().message)};
  server->longest = subject.patience;
  const std::string name = described(*server);
  const std::string at = server->host + ":" + std::to_string(server->port) + ": ";
  const auto sender = portal::mail::parse_mailbox(settings.text("mail.from"));
  if (!sender) return {fault("mail.from = " + settings.text("mail.from") + " is no mail address")};
  const Outcome outcome = Smtp(std::move(*server)).try_out(sender->address);
  if (outcome.kind == Outcome::Kind::kDelivered) {
    return {ok(name + ", and " + sender->address + " as sender")};
  }
  return {fault(at + outcome.reply +
                (outcome.kind == Outcome::Kind::kTryLater
                     ? ": is the relay running, and reached from here? mail.smtp.host, .port"
                     : ": the relay does not take mails of ours: see mail.md"))};
}

Findings probe_mail_queue(const Subject& subject) {
  portal::Database database(subject.settings, portal::Durability::kFull, 1, subject.patience);
  const auto pause = database.read(
      [](portal::Connection& connection) { return portal::MailPauses(connection).find(); });
  if (!pause) return {not_applicable("it cannot be read, see database")};
  if (!*pause) return {ok("it is open")};
  return {fault("it is paused since " + portal::japan_timestamp((*pause)->since) +
                ", and no mail leaves: " + portal::log::mask_addresses((*pause)->reason) +
                ": see mail.md; when it is mended, `portalctl mail retry all-waiting`")};
}

}  // namespace portalctl
