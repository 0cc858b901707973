#include "activate/activate.h"

#include <new>
#include <string>
#include <utility>

#include "core/base/log.h"
#include "core/database/account/accounts.h"
#include "core/database/account/password_hashes.h"
#include "core/database/roster/roster.h"
#include "core/journal/audit.h"
#include "core/registration/account_fields.h"
#include "core/registration/policy.h"
#include "core/responder/form_view.h"
#include "core/responder/known_device.h"
#include "core/responder/router.h"
#include "core/responder/signup_cookie.h"
#include "core/responder/timeline.h"
#include "core/responder/tokens.h"
#include "core/security/token.h"

namespace portal {
namespace {

Account account_of(const Registration& registration, std::string password_hash, EpochSeconds now) {
  Account account{registration};
  account.id = registration.id;
  account.email_key = registration.email_key;
  account.password_hash = std::move(password_hash);
  account.created_at = now;
  return account;
}

void record_attempt(const Site& site, const Request& request, const Registration& registration,
                    int number) {
  const std::string detail = "attempt " + std::to_string(number);
  record_timeline_event(site, request,
                        {.event = TimelineEvent::kLinkPasswordWrong,
                         .registration = registration.id,
                         .detail = detail});
}

Summary what_is_wrong(int attempts_left) {
  Summary summary;
  summary.heading = "パスワードが違います";
  summary.errors = {{"password", "", "登録のときに決めたパスワードを入力してください。"}};
  summary.text =
      "あと" + std::to_string(attempts_left) + "回まちがえると、このリンクは使えなくなります。";
  return summary;
}

}  // namespace

ActivateStep::ActivateStep(const Site& site)
    : ActivateStep(site, [this](std::string_view encoded, std::string_view password) {
        return hasher_.verify(encoded, password);
      }) {}

ActivateStep::ActivateStep(const Site& site, Verify verify)
    : site_(site), hasher_(site.settings), verify_(std::move(verify)) {}

Result<Response> ActivateStep::handle(const Request& request) {
  return route(site_, request,
               {{"/activate", [this](const Request& r) { return get(r); },
                 [this](const Request& r) { return post(r); }}});
}

Result<Response> ActivateStep::get(const Request& request) {
  const auto opened = open(link_token(request));
  if (!opened) return opened.error();
  const bool same_browser = is_same_browser(request, *opened);
  if (request.method == Method::kGet) record_opening(request, *opened, same_browser);
  if (opened->state != State::kGood) return screen(opened->state, same_browser);
  // In the browser that registered, one click activates. HEAD (of a mail scanner) changes nothing.
  if (same_browser && request.method == Method::kGet) return activate(request, *opened);
  return ask(request, *opened, 0);
}

Result<Response> ActivateStep::post(const Request& request) {
  const auto opened = open(link_token(request));
  if (!opened) return opened.error();
  const bool same_browser = is_same_browser(request, *opened);
  if (opened->state != State::kGood) return screen(opened->state, same_browser);

  // The attempt is counted before the password is verified, so that simultaneous tries have five
  // too.
  std::string encoded;
  const auto attempt = site_.database->write([&](Connection& connection) {
    encoded = PasswordHashes(connection).of(opened->registration.id);
    return ActivationLinks(connection).take_attempt(opened->link.token_hash);
  });
  if (!attempt) return attempt.error();
  if (!*attempt) return screen(State::kEnded, same_browser);
  if (verified(request, *opened, encoded)) {
    auto activated = activate(request, *opened);
    if (!activated) give_back_attempt(*opened);
    return activated;
  }
  record_attempt(site_, request, opened->registration, **attempt);
  const int left = kLinkAttempts - **attempt;
  if (left > 0) return ask(request, *opened, left);
  return site_.page(422, "activate_ended.tpl", "リンクは無効になりました", {});
}

bool ActivateStep::verified(const Request& request, const Opened& opened,
                            std::string_view encoded) {
  try {
    return verify_(encoded, request.form.get("password"));
  } catch (const std::bad_alloc&) {
    give_back_attempt(opened);
    throw;  // answer() makes a 503 of it
  }
}

void ActivateStep::give_back_attempt(const Opened& opened) const {
  const auto done = site_.database->write([&](Connection& connection) {
    ActivationLinks(connection).give_back_attempt(opened.link.token_hash);
    return Done{};
  });
  if (!done) log::warning("try_kept", {{"reason", done.error().message}});
}

Result<ActivateStep::Opened> ActivateStep::open(std::string_view token) const {
  if (token.empty()) return Opened();
  return site_.database->read([&](Connection& connection) {
    Opened opened;
    const auto link = ActivationLinks(connection).find(token_hash(token));
    if (!link) return opened;
    const auto registration = Registrations(connection).find(link->registration_id);
    if (!registration) return opened;
    opened.link = *link;
    opened.registration = *registration;
    opened.state = state_of(connection, *link, *registration);
    return opened;
  });
}

ActivateStep::State ActivateStep::state_of(Connection& connection, const ActivationLink& link,
                                           const Registration& registration) const {
  // A simultaneous click may have activated the registration since the row was read. Then it has an
  // account.
  const auto is_ours = [&](const std::optional<Account>& account) {
    return account && account->id == registration.id;
  };
  Accounts accounts(connection);
  const auto by_email = accounts.find_by_email(registration.email_key);
  const auto by_number = accounts.find_by_number(registration.number);
  if (registration.activated() || is_ours(by_email) || is_ours(by_number)) return State::kActivated;
  if (link.failed_attempts >= kLinkAttempts) return State::kEnded;
  if (registration.cancelled() || by_email || by_number) return State::kOver;
  if (link.usable(site_.clock())) return State::kGood;
  return site_.clock() < registration.expires_at ? State::kExpired : State::kOver;
}

// The unique address and clinic of the account decide which registration is first.
Result<Response> ActivateStep::activate(const Request& request, const Opened& opened) {
  const EpochSeconds now = site_.clock();
  const std::string device = device_token(site_, request);
  const auto state = site_.database->write([&](Connection& connection) {
    Registrations registrations(connection);
    Accounts accounts(connection);
    auto encoded = PasswordHashes(connection).of(opened.registration.id);
    if (accounts.add(account_of(opened.registration, std::move(encoded), now))) {
      if (!registrations.mark_activated(opened.registration.id, opened.registration.email, now)) {
        // Meanwhile 「心当たりがない」 has been pressed, or the address was corrected.
        accounts.remove(opened.registration.id);
        return State::kOver;
      }
      record_audit_event(connection, request, now, AuditEvent::kActivated, opened.registration.id);
    } else {
      // Another registration was first. Or a second click on the same link was: then this one is
      // activated.
      const auto registration = registrations.find(opened.registration.id);
      if (!registration || !registration->activated()) return State::kOver;
    }
    remember_device(connection, opened.registration.id, device, now);
    return State::kActivated;
  });
  if (!state) return state.error();
  Response response = screen(*state, is_same_browser(request, opened));
  if (*state == State::kActivated) set_device_cookie(site_, response, device);
  return response;
}

bool ActivateStep::is_same_browser(const Request& request, const Opened& opened) const {
  const auto hash = signup_hash(site_, request);
  return hash && same_secret(*hash, opened.registration.signup_hash);
}

Result<Response> ActivateStep::ask(const Request& request, const Opened& opened,
                                   int attempts_left) const {
  const Registration& registration = opened.registration;
  const auto clinic = site_.database->read(
      [&](Connection& connection) { return Roster(connection).find_any(registration.number); });
  if (!clinic) return clinic.error();
  Data data;
  data.set("NAME", registration.family_name + " " + registration.given_name);
  data.set("CLINIC_NAME", *clinic ? (*clinic)->name : "");
  data.set("REGISTRATION_NUMBER", registration.number.text()).set("EMAIL", registration.email);
  data.set("TOKEN", link_token(request));
  show_field(data, "USERNAME_FIELD", account_fields::username, registration.email);
  std::vector<FieldError> errors;
  if (attempts_left > 0) {
    errors.push_back({"password", "", "パスワードが違います。"});
    show_summary(data, what_is_wrong(attempts_left));
  }
  show_field(data, "PASSWORD_FIELD", account_fields::login_password, "", errors);
  const int status = errors.empty() ? 200 : 422;
  return site_.page(status, "activate_password.tpl", "パスワードの確認", std::move(data));
}

void ActivateStep::record_opening(const Request& request, const Opened& opened, bool same_browser) {
  if (opened.state == State::kUnknown) return;
  const std::string detail = opened_link_detail(opened.state, same_browser, request.user_agent);
  record_timeline_event(site_, request,
                        {.event = TimelineEvent::kLinkOpened,
                         .registration = opened.registration.id,
                         .detail = detail});
}

// Offers the way that exists: another mail, to be had in this browser or by logging in; or the
// form.
Response ActivateStep::expired(std::string_view section) const {
  Data data;
  data.add(section);
  return site_.page(410, "activate_expired.tpl", "リンクの有効期限が切れています", std::move(data));
}

Response ActivateStep::screen(State state, bool same_browser) const {
  switch (state) {
    case State::kActivated:
      return site_.page(200, "activate_done.tpl", "ユーザー登録完了", {});
    case State::kEnded:
      return site_.page(410, "activate_ended.tpl", "リンクは無効になりました", {});
    case State::kExpired:
      return expired(same_browser ? "RESEND" : "LOGIN");
    case State::kOver:
      return expired("OVER");
    case State::kUnknown:
    case State::kGood:
      break;
  }
  return site_.page(404, "activate_unknown.tpl", "リンクを確認できませんでした", {});
}

}  // namespace portal
