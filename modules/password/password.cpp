#include "password/password.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "core/database/account/known_devices.h"
#include "core/database/account/throttles.h"
#include "core/database/account/web_sessions.h"
#include "core/database/registration/activation_links.h"
#include "core/journal/audit.h"
#include "core/queue/queue_mail.h"
#include "core/registration/account_fields.h"
#include "core/registration/policy.h"
#include "core/responder/counted_by.h"
#include "core/responder/form_view.h"
#include "core/responder/known_device.h"
#include "core/responder/password_tries.h"
#include "core/responder/router.h"
#include "core/responder/tokens.h"
#include "core/security/token.h"
#include "core/text/text.h"

namespace portal {
namespace {

constexpr std::string_view kForgot = "/password/forgot";
constexpr std::size_t kMostEmailBytes = 254;  // of the text that is shown again

struct Wait {
  EpochSeconds seconds = 0;  // 0: the request is allowed and counted
  Throttle limit = {};
};

// Limits requests, because each causes a mail to somebody. Nothing is keyed by the address alone:
// a stranger must not keep its owner from asking.
Wait take_request(Connection& connection, const Site& site, const Request& request,
                  std::string_view email, EpochSeconds now) {
  const auto& network = request.client.network();
  auto limits = counted_by_network(site.settings, Throttle::kResetOfAddress,
                                   network.value_or("unknown"), token_hash(mailbox_key(email)));
  if (network) {
    std::ranges::move(counted_by_network(site.settings, Throttle::kResetOfNetwork, *network),
                      std::back_inserter(limits));
  }
  const auto full = Throttles(connection).count_all(keys_of(limits), now);
  return full ? Wait{full->wait, limits[full->which].throttle} : Wait();
}

}  // namespace

Result<Response> PasswordStep::handle(const Request& request) {
  return route(site_, request,
               {{kForgot, [this](const Request& r) { return get_forgot(r); },
                 [this](const Request& r) { return post_forgot(r); }},
                {"/password/reset", [this](const Request& r) { return get_reset(r); },
                 [this](const Request& r) { return post_reset(r); }}});
}

Response PasswordStep::get_forgot(const Request& request) {
  if (request.query.has("sent")) return site_.page(200, "forgot_sent.tpl", "メールの送信", {});
  return forgot(200, "", {});
}

// It is not looked up whether there is such an account; the mailer finds out. So every address gets
// the same screen in the same time.
Result<Response> PasswordStep::post_forgot(const Request& request) {
  std::string email(request.form.get("email"));
  if (const auto error = check_email("email", email)) {
    return forgot(422, email, {*error});
  }
  const EpochSeconds now = site_.clock();
  const auto wait = site_.database->write([&](Connection& connection) {
    const Wait left = take_request(connection, site_, request, email, now);
    if (left.seconds > 0) return left;
    queue_account_mail(connection, now,
                       {.kind = MailKind::kReset,
                        .account_id = "",
                        .recipient = email,
                        .client = request.client,
                        .device = device_hash(site_, request).value_or("")});
    record_audit_event(connection, request, now, AuditEvent::kPasswordResetAsked, "");
    return left;
  });
  if (!wait) return wait.error();
  if (wait->seconds > 0) return wait_page(site_, wait->seconds, kForgot, wait->limit);
  return see_other("/password/forgot?sent=1");
}

Response PasswordStep::forgot(int status, std::string_view email,
                              const std::vector<FieldError>& errors) const {
  Data data;
  show_summary(data, {.errors = errors});
  show_field(data, "EMAIL_FIELD", account_fields::login_email, text::cut(email, kMostEmailBytes),
             errors);
  return site_.page(status, "forgot.tpl", "パスワードの再設定", std::move(data));
}

Result<Response> PasswordStep::get_reset(const Request& request) {
  const auto opened = open(link_token(request));
  if (!opened) return opened.error();
  if (opened->state != State::kOpen) return screen(opened->state);
  return ask(request, opened->account, 200, {});
}

Result<Response> PasswordStep::post_reset(const Request& request) {
  const auto opened = open(link_token(request));
  if (!opened) return opened.error();
  if (opened->state != State::kOpen) return screen(opened->state);
  const Account& account = opened->account;
  const auto errors = check_new_password(request.form, *site_.common_passwords());
  if (!errors.empty()) return ask(request, account, 422, errors);

  // The hash is made outside the transaction, because every other writer would wait for it.
  const std::string encoded = hasher_.hash(request.form.get("password"));
  const EpochSeconds now = site_.clock();
  const std::string link = token_hash(link_token(request));
  const std::string device = device_token(site_, request);
  const auto done = site_.database->write([&](Connection& connection) {
    AccountLinks links(connection);
    if (!links.use(link, now)) return false;  // a simultaneous POST has used it
    if (!Accounts(connection).set_password(account.id, encoded)) return false;
    WebSessions(connection).remove_all(account.id, "");
    links.end_all(account.id, now);
    PasswordTries(connection, site_, request, now).forget_all(account.id);
    KnownDevices(connection).remove_all(account.id, "");   // who knew the old one may have one
    remember_device(connection, account.id, device, now);  // so the owner need not wait
    queue_account_mail(
        connection, now,
        {.kind = MailKind::kPasswordChanged, .account_id = account.id, .recipient = account.email});
    record_audit_event(connection, request, now, AuditEvent::kPasswordReset, account.id);
    return true;
  });
  if (!done) return done.error();
  if (!*done) return screen(State::kEnded);
  Response response = see_other("/login?reset=1");
  set_device_cookie(site_, response, device);
  return response;
}

Result<PasswordStep::Opened> PasswordStep::open(std::string_view token) const {
  if (token.empty()) return Opened();
  const EpochSeconds now = site_.clock();
  return site_.database->read([&](Connection& connection) {
    const auto link = AccountLinks(connection).find(token_hash(token));
    if (!link || link->purpose != kResetPurpose) return Opened();
    const auto account = Accounts(connection).find(link->account_id);
    const bool good = link->used_at == 0 && now < link->sent_at + kLinkLifetime;
    if (!good || !account || !account->active()) return Opened{State::kEnded, {}};
    return Opened{State::kOpen, *account};
  });
}

Response PasswordStep::ask(const Request& request, const Account& account, int status,
                           const std::vector<FieldError>& errors) const {
  Data data;
  data.set("TOKEN", link_token(request)).set("EMAIL", account.email);
  show_summary(data, {.errors = errors});
  show_field(data, "USERNAME_FIELD", account_fields::username, account.email);
  show_field(data, "PASSWORD_FIELD", account_fields::new_password, "", errors);
  show_field(data, "CONFIRMATION_FIELD", account_fields::new_password_confirmation, "", errors);
  return site_.page(status, "reset.tpl", "新しいパスワードの設定", std::move(data));
}

Response PasswordStep::screen(State state) const {
  Data data;
  if (state == State::kUnknown) {
    data.add("UNKNOWN");
    return site_.page(404, "reset_ended.tpl", "リンクを確認できませんでした", std::move(data));
  }
  data.add("ENDED");
  return site_.page(410, "reset_ended.tpl", "リンクは無効です", std::move(data));
}

}  // namespace portal
