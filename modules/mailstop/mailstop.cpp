#include "mailstop/mailstop.h"

#include <utility>

#include "core/base/japan_time.h"
#include "core/base/log.h"
#include "core/database/mail/outbox.h"
#include "core/database/registration/waiting.h"
#include "core/database/roster/roster.h"
#include "core/form/one_click.h"
#include "core/journal/audit.h"
#include "core/registration/application.h"
#include "core/registration/policy.h"
#include "core/responder/router.h"
#include "core/responder/tokens.h"
#include "core/security/token.h"

namespace portal {
namespace {

bool pending(const std::optional<Registration>& registration) {
  return registration && registration->open();
}

// The call centre has corrected the address since the mail went to this one: it may be a
// stranger's.
bool moved_away(const std::optional<Registration>& registration, const StopLink& link) {
  return pending(registration) && mailbox_key(registration->email) != link.email_key;
}

void cancel(Connection& connection, const StopLink& link, EpochSeconds now) {
  Registrations registrations(connection);
  const auto read = [&] { return registrations.find(link.registration_id); };
  // If somebody was faster, the row is read again: it may still be the same mailbox's.
  for (auto registration = read(); pending(registration) && !moved_away(registration, link);
       registration = read()) {
    if (registrations.cancel(registration->id, registration->email, now)) return;
  }
}

// What the mail was. Of one that an earlier version sent, its row tells, while it is kept.
std::optional<MailKind> letter_of(const StopLink& link, const std::optional<OutboxEntry>& mail) {
  if (!link.letter.empty()) return find_mail_kind(link.letter.substr(0, link.letter.find(' ')));
  return mail ? find_mail_kind(mail->kind) : std::nullopt;
}

// The section of the screens that says what the mail was about, or what became of the registration.
std::string section_of(const std::optional<Registration>& registration,
                       std::optional<MailKind> letter, bool has_moved) {
  if (has_moved) return "MOVED";
  if (letter == MailKind::kListed) return "LISTED";
  if (letter == MailKind::kReset && !registration) return "RESET";
  if (letter == MailKind::kEmailChange) return "EMAIL_CHANGE";
  if (!registration) return "GONE";
  if (registration->activated()) return "ACTIVATED";
  return registration->cancelled() ? "CANCELLED" : "PENDING";
}

}  // namespace

Result<Response> MailStopStep::handle(const Request& request) {
  return route(site_, request,
               {{"/mail/stop", [this](const Request& r) { return get(r); },
                 [this](const Request& r) { return post(r); }}});
}

// GET changes nothing, because mail scanners follow links.
Result<Response> MailStopStep::get(const Request& request) {
  const auto opened = open(link_token(request));
  if (!opened) return opened.error();
  return screen(request, *opened);
}

Result<Response> MailStopStep::post(const Request& request) {
  const auto opened = open(link_token(request));
  if (!opened) return opened.error();
  if (opened->state == State::kUnknown || opened->state == State::kEnded) {
    return screen(request, *opened);
  }
  const auto action = request.form.get("action");
  const bool one_click = request.form.get(one_click::kField) == one_click::kValue;
  if (one_click || action == "stop") return stop(request, *opened);
  if (action == "resume") return resume(request, *opened);
  return site_.error(request, 400);
}

Result<MailStopStep::Opened> MailStopStep::open(std::string_view token) const {
  if (token.empty()) return Opened();
  return site_.database->read([&](Connection& connection) {
    const auto link = MailAddresses(connection).find_link(token_hash(token));
    return link ? look(connection, *link) : Opened();
  });
}

MailStopStep::Opened MailStopStep::look(Connection& connection, const StopLink& link) const {
  const EpochSeconds now = site_.clock();
  Opened opened;
  opened.link = link;
  opened.state = State::kEnded;
  if (now - link.sent_at >= kMailStop) return opened;
  opened.registration = Registrations(connection).find(link.registration_id);
  opened.has_moved = moved_away(opened.registration, link);
  if (opened.has_moved) opened.registration.reset();
  const auto mail = Outbox(connection).find(link.outbox_id);
  opened.letter = letter_of(link, mail);
  if (opened.registration) {
    const auto clinic = Roster(connection).find_any(opened.registration->number);
    if (clinic) opened.clinic = clinic->name;
  }
  opened.stopped_until = MailAddresses(connection).stopped_until(link.email_key);
  const bool stopped = opened.stopped_until > now && !pending(opened.registration);
  opened.state = stopped ? State::kStopped : State::kOpen;
  return opened;
}

// A second press shows the same screen with the same date.
Result<Response> MailStopStep::stop(const Request& request, const Opened& opened) {
  if (opened.state == State::kStopped) return screen(request, opened);
  const EpochSeconds now = site_.clock();
  const StopLink& link = opened.link;
  const auto stopped = site_.database->write([&](Connection& connection) {
    // Locks the address before the registration, in the same order as the mailer.
    MailAddresses(connection).stop(link.email_key, now, now + kMailStop);
    cancel(connection, link, now);
    Waiting(connection).remove_all(link.email_key);
    // That key has no tag; the entry's may have one.
    if (const auto mail = Outbox(connection).find(link.outbox_id)) {
      Waiting(connection).remove_all(email_key(mail->recipient));
    }
    record_audit_event(connection, request, now, AuditEvent::kMailStopped, link.registration_id);
    return look(connection, link);
  });
  if (!stopped) return stopped.error();
  return screen(request, *stopped);
}

Result<Response> MailStopStep::resume(const Request& request, const Opened& opened) {
  const StopLink& link = opened.link;
  const auto resumed = site_.database->write([&](Connection& connection) {
    const bool was_stopped = MailAddresses(connection).resume(link.email_key);
    if (was_stopped) {
      record_audit_event(connection, request, site_.clock(), AuditEvent::kMailAllowed,
                         link.registration_id);
    }
    return was_stopped;
  });
  if (!resumed) return resumed.error();
  Data data;
  data.set("EMAIL", log::mask_address(link.email_key));
  const bool activated = opened.registration && opened.registration->activated();
  data.add(activated ? "ACTIVATED" : "AGAIN");
  return site_.page(200, "mailstop_resumed.tpl", "メールの停止を解除しました", std::move(data));
}

Response MailStopStep::screen(const Request& request, const Opened& opened) const {
  Data data;
  if (opened.state == State::kUnknown) {
    data.add("UNKNOWN");
    return site_.page(404, "mailstop_ended.tpl", "リンクを確認できませんでした", std::move(data));
  }
  if (opened.state == State::kEnded) {
    data.add("ENDED");
    return site_.page(410, "mailstop_ended.tpl", "リンクの有効期限が切れています", std::move(data));
  }
  data.set("EMAIL", log::mask_address(opened.link.email_key));
  data.set("TOKEN", link_token(request));
  data.add(section_of(opened.registration, opened.letter, opened.has_moved));
  if (opened.state == State::kStopped) {
    data.set("UNTIL", japan_date(opened.stopped_until));
    return site_.page(200, "mailstop_done.tpl", "メールを停止しました", std::move(data));
  }
  if (!opened.clinic.empty()) data.add("CLINIC").set("CLINIC_NAME", opened.clinic);
  return site_.page(200, "mailstop.tpl", "お心当たりのないメールの停止", std::move(data));
}

}  // namespace portal
