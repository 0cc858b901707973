// The probes of how mails leave: by the Maildir, or by SMTP, which is spoken with the relay up to
// the point where a mail's text would begin; and whether the queue is paused, because the relay
// refuses the mails themselves.
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <optional>

#include "core/base/japan_time.h"
#include "core/base/log.h"
#include "core/database/database.h"
#include "core/database/mail/mail_pause.h"
#include "core/database/mail/outbox.h"
#include "core/mail/address.h"
#include "core/mail/smtp.h"
#include "core/mail/transport.h"
#include "portalctl/check/certificate.h"
#include "portalctl/check/probe.h"
#include "portalctl/listing.h"

namespace portalctl {
namespace {

using portal::mail::Outcome;
using portal::mail::Smtp;
using portal::mail::SmtpServer;
using portal::mail::Stage;

// A mailer that works takes what is due within seconds.
constexpr portal::EpochSeconds kLate = 15 * portal::kMinute;
// After the first hours only a relay or a recipient that refuses is left as a reason.
constexpr portal::EpochSeconds kOld = 4 * portal::kHour;
constexpr auto kLookAtMail = "portalctl mail list --state queued";

std::string address_of(const SmtpServer& server) {
  return server.host + ":" + std::to_string(server.port);
}

// How the relay's certificate is looked at.
CertificateOwner owner_of(const SmtpServer& server) {
  const std::string show =
      "openssl s_client -showcerts -connect " + address_of(server) +
      (server.security == SmtpServer::Security::kTls ? "" : " -starttls smtp") + " </dev/null";
  return {address_of(server), show, show};
}

bool relay_lacks_tls(const SmtpServer& server, const Outcome& outcome) {
  return server.security == SmtpServer::Security::kStartTls &&
         outcome.reply.find("does not offer STARTTLS") != std::string::npos;
}

// What is wrong with the relay, beginning with its certificate.
Finding judge_refusal(const SmtpServer& server, const Smtp& relay, const Outcome& outcome) {
  if (relay.certificate() && !relay.certificate()->accepted()) {
    return judge_certificate(*relay.certificate(), owner_of(server));
  }
  const std::string said = address_of(server) + ": " + outcome.reply;
  if (relay_lacks_tls(server, outcome)) {
    return fault(said +
                     ", and without TLS no mail goes to another machine: let the relay offer "
                     "STARTTLS; only where the network up to it is yours alone, "
                     "mail.smtp.security = none",
                 "openssl s_client -starttls smtp -connect " + address_of(server) + " </dev/null");
  }
  if (outcome.stage == Stage::kRecipient && outcome.kind == Outcome::Kind::kTryLater) {
    return warning(said + ": the relay does not take mails now: ask whoever runs it", kLookAtMail);
  }
  if (outcome.stage == Stage::kRecipient) {
    return fault(said +
                     ": the relay refuses a mail to mail.from itself: so it may not relay for this "
                     "machine, or knows no such mailbox, and replies are lost: see mail.md",
                 kLookAtMail);
  }
  if (outcome.kind == Outcome::Kind::kTryLater) {
    return fault(said + ": is the relay running, and reached from here? mail.smtp.host, .port",
                 "bash -c '</dev/tcp/" + server.host + "/" + std::to_string(server.port) + "'");
  }
  return fault(said + ": the relay does not take mails of ours: see mail.md", kLookAtMail);
}

Findings judge_relay(const SmtpServer& server, const Smtp& relay, const std::string& sender) {
  std::string text = address_of(server);
  if (relay.certificate()) {
    const Finding certificate = judge_certificate(*relay.certificate(), owner_of(server));
    if (certificate.level != Level::kOk) return {certificate};
    text += ", its certificate is " + certificate.text;
  }
  if (!server.username.empty()) text += ", it takes the password";
  return {ok(text + ", and " + sender + " as sender and recipient")};
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
  const auto sender = portal::mail::parse_mailbox(settings.text("mail.from"));
  if (!sender) return {fault("mail.from = " + settings.text("mail.from") + " is no mail address")};
  Smtp relay(*server);
  const Outcome outcome = relay.try_out(sender->address);
  if (outcome.kind == Outcome::Kind::kDelivered)
    return judge_relay(*server, relay, sender->address);
  return {judge_refusal(*server, relay, outcome)};
}

namespace {

struct Queue {
  std::optional<portal::MailPause> pause;
  std::int64_t waiting = 0;
  portal::EpochSeconds oldest = 0;     // seconds since the oldest was queued
  portal::EpochSeconds first_due = 0;  // seconds for which one could have been tried
};

Queue queue_of(portal::Connection& connection, portal::EpochSeconds now) {
  Queue queue{.pause = portal::MailPauses(connection).find()};
  const auto queued = name_of(portal::MailState::kQueued);
  for (const auto& count : portal::Outbox(connection).counts()) {
    if (count.state != queued) continue;
    queue.waiting = count.rows;
    queue.oldest = std::max<portal::EpochSeconds>(now - count.oldest, 0);
  }
  for (const auto& backlog : portal::Outbox(connection).backlog()) {
    if (backlog.state == queued) {
      queue.first_due = std::max<portal::EpochSeconds>(now - backlog.first_due, 0);
    }
  }
  return queue;
}

Finding judge_queue(const Queue& queue, bool stopped) {
  const std::string mails =
      queue.waiting == 1 ? "1 mail waits" : std::to_string(queue.waiting) + " mails wait";
  if (queue.waiting == 0) return ok("it is open, and no mail waits");
  if (queue.first_due > kLate) {
    const std::string text =
        mails + ", one for " + age(queue.first_due) +
        " after its time: nobody sends them, or too slowly: see mailer and mail";
    return stopped ? warning(text, "systemctl start portal-mailer")
                   : fault(text, "systemctl status portal-mailer");
  }
  if (queue.oldest > kOld) {
    return warning(
        mails + ", the oldest since " + age(queue.oldest) + " and tried again and again: see why",
        kLookAtMail);
  }
  return ok("it is open; " + mails + ", the oldest since " + age(queue.oldest));
}

}  // namespace

Findings probe_mail_queue(const Subject& subject) {
  portal::Database database(subject.settings, portal::Durability::kFull, 1, subject.patience);
  const auto now = database.now();
  const auto queue =
      database.read([&](portal::Connection& connection) { return queue_of(connection, now); });
  if (!queue) return {unknown("it cannot be read, see database", "portalctl check")};
  if (!queue->pause) return {judge_queue(*queue, subject.stopped)};
  return {fault("it is paused since " + portal::japan_timestamp(queue->pause->since) +
                ", and no mail leaves: " + portal::log::mask_addresses(queue->pause->reason) +
                ": see mail.md; when it is mended, `portalctl mail retry all-waiting`")};
}

}  // namespace portalctl
