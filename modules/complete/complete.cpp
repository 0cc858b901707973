#include "complete/complete.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "complete/mail_screen.h"
#include "core/base/japan_time.h"
#include "core/database/mail/mail_pause.h"
#include "core/database/mail/outbox.h"
#include "core/database/registration/drafts.h"
#include "core/database/roster/roster.h"
#include "core/draft/lost_draft.h"
#include "core/journal/audit.h"
#include "core/journal/timeline.h"
#include "core/mail/address.h"
#include "core/queue/queue_mail.h"
#include "core/registration/fields.h"
#include "core/registration/policy.h"
#include "core/responder/error_pages.h"
#include "core/responder/form_view.h"
#include "core/responder/router.h"
#include "core/responder/signup_cookie.h"
#include "core/security/token.h"

namespace portal {
namespace {

constexpr std::string_view kScreen = "/register/complete";

Registration registration_of(const CurrentDraft& draft, std::string_view signup_token,
                             std::string password_hash, EpochSeconds now) {
  Registration registration{draft.application};
  registration.id = draw_id();
  registration.draft_id = draft.id;
  registration.signup_hash = token_hash(signup_token);
  registration.email_key = email_key(registration.email);
  registration.password_hash = std::move(password_hash);
  registration.created_at = now;
  registration.expires_at = now + kRegistrationLifetime;
  return registration;
}

enum class Outcome { kMade, kMadeBefore, kNotInRoster, kClinicTaken };

// Makes the pending registration, queues its mail and removes the draft, in one transaction. The
// unique draft_id decides which of two POSTs of one draft makes the registration.
Result<Outcome> make(const Site& site, const Request& request, const Registration& registration) {
  return site.database->write([&](Connection& connection) {
    Registrations registrations(connection);
    const auto found = Roster(connection).find_to_register(registration.number);
    if (!found.clinic || found.has_account) {
      if (registrations.find_by_draft(registration.draft_id)) return Outcome::kMadeBefore;
      return found.clinic ? Outcome::kClinicTaken : Outcome::kNotInRoster;
    }
    if (!registrations.add(registration)) return Outcome::kMadeBefore;
    queue_activation(connection, registration.created_at, registration, request.client);
    Drafts(connection).remove(registration.draft_id);
    record_audit_event(connection, request, registration.created_at, AuditEvent::kRegistered,
                       registration.id);
    // The audit does not contain the clinic, and the row will be purged, so `portalctl report`
    // counts this event. The log has it as "registered".
    record_timeline_event(connection, registration.created_at,
                          {.event = TimelineEvent::kOkPressed,
                           .email_key = registration.email_key,
                           .number = registration.number.text(),
                           .phone = registration.phone,
                           .registration = registration.id,
                           .request_id = request.id});
    return Outcome::kMade;
  });
}

// The draft of the cookie is the one that became this registration.
bool is_of_draft(const std::optional<Registration>& registration,
                 const std::optional<std::string>& draft_token) {
  if (!draft_token) return true;  // there is no other
  return registration && registration->draft_id == token_hash(*draft_token);
}

// When the mail before was asked for, if this one is not sent because its address has enough. It is
// not told what that one was: whether an address has an account, no screen tells.
EpochSeconds asked_earlier(Connection& connection, const OutboxEntry& mail) {
  if (mail.obstacle != name_of(MailObstacle::kAddressEnough)) return 0;
  const auto mails = Outbox(connection).about(mail.registration_id, 2);
  return mails.size() == 2 ? mails.back().created_at : 0;
}

// The open places of the screen's mould.
enum Place : std::size_t { kEmail, kDomain, kTime, kSeconds, kPlaces };

Result<PageMould> mould_of(const Site& site, const MailScreen& shown) {
  Data data;
  data.set("EMAIL", open_place(kEmail)).set("DOMAIN", open_place(kDomain));
  // Users may have to let in mail from there.
  data.set("SENDER_DOMAIN", mail::domain_of_mailbox(site.settings.text("mail.from")));
  data.set("TIME", open_place(kTime)).set("SECONDS", open_place(kSeconds));
  for (const auto section : shown.sections) data.show(section);
  if (shown.carrier) {
    data.add("CARRIER")
        .set("CARRIER_NAME", shown.carrier->name)
        .set("CARRIER_SETTING", shown.carrier->setting)
        .set("CARRIER_HELP", shown.carrier->help);
  }
  return site.mould(200, shown.file, shown.title, std::move(data));
}

}  // namespace

Result<Response> CompleteStep::handle(const Request& request) {
  return route(site_, request,
               {{kScreen, [this](const Request& r) { return get(r); },
                 [this](const Request& r) { return post(r); }},
                {"/register/resend", nullptr, [this](const Request& r) { return resend(r); }}});
}

bool CompleteStep::hashes_at(std::string_view path) const {
  return path == kScreen;
}

// The draft is kept, and so is what the page sent along in case that it ends: another OK is all
// that is left to do.
std::optional<Response> CompleteStep::unavailable_page(const Request& request) {
  if (request.method != Method::kPost || request.path != kScreen) return std::nullopt;
  Form entries = request.form;
  for (const Field& field : fields()) {
    if (field.is_secret()) entries.remove(field.name);
  }
  Data data;
  data.set("SECONDS",
           request.come_again > 0 ? std::to_string(request.come_again) : std::string(kRetryAfter));
  data.set("NUMBER", request_number(request.id));
  if (entries.has("draft")) data.add("DRAFT").set("ID", entries.get("draft"));
  show_hidden(data, entries);
  return site_.page(503, "busy.tpl", "ただいま混み合っています", std::move(data));
}

Result<Response> CompleteStep::post(const Request& request) {
  const auto draft = current_draft(site_, request);
  if (!draft) return draft.error();
  if (!*draft) return post_without_draft(request);
  // The page names the draft that it showed, because another tab may have replaced the draft since.
  const auto shown = request.form.get("draft");
  if (!shown.empty() && shown != (*draft)->id) return see_other("/register/confirm?changed=1");

  // The hash is made outside the transaction: it takes long, and every other writer would wait.
  const std::string signup = signup_token((*draft)->token);
  const Registration registration = registration_of(
      **draft, signup, hasher_.hash((*draft)->application.password.view()), site_.clock());
  const auto outcome = make(site_, request, registration);
  if (!outcome) return outcome.error();
  switch (*outcome) {
    case Outcome::kMade:
    case Outcome::kMadeBefore:
      return completed(request, signup);
    case Outcome::kNotInRoster:
      return site_.error(request, 409);
    case Outcome::kClinicTaken:
      return site_.page(409, "taken.tpl", "登録済みの施術所です", {});
  }
  return site_.error(request, 500);
}

Result<Response> CompleteStep::get(const Request& request) {
  const auto registration = signed_up(site_, request);
  if (!registration) return registration.error();
  if (!is_of_draft(*registration, draft_token(site_, request))) {
    const auto draft = current_draft(site_, request);
    if (!draft) return draft.error();
    if (*draft) return see_other("/register/confirm");  // it waits for OK
  }
  if (!*registration) return lead_without_draft(site_, request);
  return screen(**registration, 200, {.done = request.query.has("resent")});
}

Result<Response> CompleteStep::resend(const Request& request) {
  const auto registration = signed_up(site_, request);
  if (!registration) return registration.error();
  if (!*registration) return lead_without_draft(site_, request);
  if ((*registration)->activated()) return see_other(kScreen);

  const EpochSeconds now = site_.clock();
  const auto wait = site_.database->write([&](Connection& connection) {
    return queue_activation_again(connection, now, **registration, request.client);
  });
  if (!wait) return wait.error();
  if (*wait == 0) return see_other("/register/complete?resent=1");
  auto response = screen(**registration, 429, {.wait = *wait});
  if (response) response->header("Retry-After", std::to_string(*wait));
  return response;
}

// After a second click, a reload or Back, the draft is already completed: the same screen again. If
// it has ended, what the page has sent along becomes a draft that lacks only the password.
Result<Response> CompleteStep::post_without_draft(const Request& request) {
  const auto way = way_without_draft(site_, request);
  if (!way) return way.error();
  Response response = lead(site_, request, *way);
  const auto entries = entries_but_password(request.form);
  if (*way == WayOn::kComplete || !entries) return response;
  const auto token = keep_unfinished_draft(site_, request, *entries);
  if (!token) return token.error();
  set_draft_cookie(site_, response, *token);
  return response;
}

Response CompleteStep::completed(const Request& request, std::string_view signup_token) const {
  Response response = see_other(kScreen);
  clear_draft_marker(site_, request, response);
  set_signup_cookie(site_, response, signup_token);
  return response;
}

Result<Response> CompleteStep::screen(const Registration& registration, int status,
                                      const Resending& resending) {
  if (registration.activated()) {
    return site_.page(200, "activate_done.tpl", "ユーザー登録完了", {});
  }
  struct Sending {
    std::optional<OutboxEntry> mail;
    EpochSeconds earlier;  // when the mail was asked for instead of which none is sent; 0: it is
    bool paused;
  };
  const auto sending = site_.database->read([&](Connection& connection) {
    auto mail = Outbox(connection).newest_row(registration.id);
    const EpochSeconds earlier = mail ? asked_earlier(connection, *mail) : 0;
    return Sending{std::move(mail), earlier, MailPauses(connection).find().has_value()};
  });
  if (!sending) return sending.error();
  const OutboxEntry* mail = sending->mail ? &*sending->mail : nullptr;
  MailScreen shown = mail_screen(mail, sending->paused);
  if (sending->earlier > 0) {
    shown.sections.push_back("EARLIER");
  } else if (resending.done) {
    shown.sections.push_back("RESENT");
  }
  if (resending.wait > 0) shown.sections.push_back("WAIT");
  const auto page =
      moulds_.current(*site_.view)
          ->find({shown.file, shown.sections, shown.carrier ? shown.carrier->name : ""},
                 [&] { return mould_of(site_, shown); });
  if (!page) return site_.cannot_show(shown.file, page.error());
  std::vector<Html> values(kPlaces);
  values[kEmail] = escaped(registration.email);
  if (mail != nullptr) values[kDomain] = escaped(mail::domain_of(mail->recipient));
  if (sending->earlier > 0) values[kTime] = escaped(japan_time(sending->earlier));
  values[kSeconds] = escaped(std::to_string(resending.wait));
  return (*page)->fill(status, values);
}

}  // namespace portal
