#include "login/login.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/database/account/password_hashes.h"
#include "core/database/account/web_sessions.h"
#include "core/journal/audit.h"
#include "core/queue/queue_mail.h"
#include "core/registration/account_fields.h"
#include "core/responder/form_view.h"
#include "core/responder/known_device.h"
#include "core/responder/router.h"
#include "core/responder/signed_in.h"
#include "core/security/token.h"
#include "core/text/text.h"

namespace portal {
namespace {

constexpr std::size_t kMostEmailBytes = 254;  // of the text that is shown again

std::string typed_email(const Request& request) {
  return normalised("email", request.form.get("email"));
}

std::vector<FieldError> missing_fields(const Request& request) {
  std::vector<FieldError> errors;
  if (typed_email(request).empty()) errors.push_back(field_error("email", "email_missing"));
  if (request.form.get("password").empty()) {
    errors.push_back(field_error("password", "password_missing"));
  }
  return errors;
}

// Ends the session that this browser already has, so that its old token no longer opens anything.
void end_session(Connection& connection, const Site& site, const Request& request,
                 EpochSeconds now) {
  const auto hash = session_hash(site, request);
  if (!hash) return;
  WebSessions sessions(connection);
  const auto session = sessions.find(*hash, now, session_limits(site.settings));
  if (!session) return;
  sessions.remove(session->account_id, *hash);
  record_audit_event(connection, request, now, AuditEvent::kLogout, session->account_id);
}

WebSession session_of(const Request& request, const Account& account, std::string_view token,
                      EpochSeconds now) {
  WebSession session;
  session.token_hash = token_hash(token);
  session.account_id = account.id;
  session.created_at = now;
  session.seen_at = now;
  session.client = request.client.address();
  session.user_agent = request.user_agent;
  session.previous_login_at = account.last_login_at;
  session.previous_login_client = account.last_login_client;
  return session;
}

void record_refusal(Connection& connection, const Request& request, EpochSeconds now,
                    std::string_view id, std::string_view reason) {
  record_audit_event(connection, {.event = AuditEvent::kLoginRefused,
                                  .account_id = id,
                                  .at = now,
                                  .client = request.client.address(),
                                  .request_id = request.id,
                                  .detail = reason});
}

// The id of the account or registration whose password is verified. Empty if there is neither.
std::string_view id_of(const std::optional<Account>& account,
                       const std::optional<Registration>& pending) {
  if (account) return account->id;
  return pending ? std::string_view(pending->id) : "";
}

std::string_view refusal_reason(bool right, const std::optional<Account>& account,
                                const std::optional<Registration>& pending) {
  if (account) return right ? "disabled" : "wrong_password";
  return pending ? "wrong_password_pending" : "unknown_address";
}

}  // namespace

LoginStep::LoginStep(const Site& site)
    : LoginStep(site, [this](std::string_view encoded, std::string_view password) {
        return hasher_.verify(encoded, password);
      }) {}

LoginStep::LoginStep(const Site& site, Verify verify)
    : site_(site), hasher_(site.settings), verify_(std::move(verify)) {}

Result<Response> LoginStep::handle(const Request& request) {
  return route(site_, request,
               {{"/login", [this](const Request& r) { return get(r); },
                 [this](const Request& r) { return post(r); }},
                {"/logout", nullptr, [this](const Request& r) { return logout(r); }}});
}

Result<Response> LoginStep::get(const Request& request) {
  const auto found = signed_in(site_, request);
  if (!found) return found.error();
  if (*found) return see_other(own_path(request.query.get("return")));
  Data data;
  if (request.query.has("reset")) data.add("RESET");
  return show(request, 200, std::move(data), {});
}

Result<Response> LoginStep::post(const Request& request) {
  const auto errors = missing_fields(request);
  if (!errors.empty()) return show(request, 422, {}, errors);

  const auto candidate = take_try(request, typed_email(request));
  if (!candidate) return candidate.error();
  if (const PasswordTry& tried = candidate->tried; tried.wait > 0) {
    return wait_page(site_, tried.wait, "/login", tried.refused_by);
  }
  // Verifies once, whatever was found, so that the time tells nothing; and outside any transaction.
  const bool right = verified(request, *candidate);
  if (right && candidate->account && candidate->account->active()) {
    return log_in(request, *candidate);
  }
  if (right && candidate->pending) return offer_mail(request, *candidate);
  return refuse(request, *candidate, right);
}

Result<Response> LoginStep::logout(const Request& request) {
  const auto done = site_.database->write([&](Connection& connection) {
    end_session(connection, site_, request, site_.clock());
    return Done{};
  });
  if (!done) return done.error();
  Response response = see_other("/");
  clear_session_cookie(site_, response);
  return response;
}

Result<LoginStep::Candidate> LoginStep::take_try(const Request& request,
                                                 std::string_view email) const {
  const EpochSeconds now = site_.clock();
  const std::string key = email_key(email);
  return site_.database->write([&](Connection& connection) {
    Candidate candidate;
    candidate.account = Accounts(connection).find_by_email(key);
    // The registration is looked up in either case, so that both take the same time.
    const auto pending = Registrations(connection).newest_pending(key, now);
    if (!candidate.account) candidate.pending = pending;
    candidate.encoded = PasswordHashes(connection).of(id_of(candidate.account, pending));
    candidate.tried = PasswordTries(connection, site_, request, now).take(candidate.account, key);
    return candidate;
  });
}

bool LoginStep::verified(const Request& request, const Candidate& candidate) {
  return verify_or_give_back(site_, request, candidate.tried, [&] {
    return verify_(candidate.encoded, request.form.get("password"));
  });
}

Result<Response> LoginStep::log_in(const Request& request, const Candidate& candidate) {
  const EpochSeconds now = site_.clock();
  const Account& seen = *candidate.account;
  const std::string token = draw_token();
  const std::string device = device_token(site_, request);
  std::string renewed;  // hashed outside the transaction, or every writer would wait
  if (hasher_.needs_rehash(candidate.encoded)) {
    renewed = hasher_.hash(request.form.get("password"));
  }
  const auto done = site_.database->write([&](Connection& connection) {
    Accounts accounts(connection);
    // The account may have been disabled, or its password changed, while the hash was computed.
    accounts.lock(seen.id);
    const auto account = accounts.find(seen.id);
    if (!account || !account->active()) return false;
    if (PasswordHashes(connection).of(seen.id) != candidate.encoded) return false;
    end_session(connection, site_, request, now);
    WebSessions(connection).add(session_of(request, *account, token, now));
    accounts.set_last_login(account->id, now, request.client.address());
    if (!renewed.empty()) {
      accounts.set_password(account->id, renewed);
      record_audit_event(connection, request, now, AuditEvent::kPasswordRehashed, account->id);
    }
    PasswordTries(connection, site_, request, now).right(candidate.tried);
    remember_device(connection, account->id, device, now);
    record_audit_event(connection, request, now, AuditEvent::kLogin, account->id);
    return true;
  });
  if (!done) return done.error();
  if (!*done) return refuse(request, candidate, false);
  Response response = see_other(own_path(request.query.get("return")));
  set_device_cookie(site_, response, device);
  set_session_cookie(site_, response, token);
  return response;
}

// Only a person who knows the password learns that there is a registration, and gets its mail
// again.
Result<Response> LoginStep::offer_mail(const Request& request, const Candidate& candidate) {
  const EpochSeconds now = site_.clock();
  const Registration& pending = *candidate.pending;
  const auto sent = site_.database->write([&](Connection& connection) {
    record_refusal(connection, request, now, pending.id, "not_activated");
    PasswordTries(connection, site_, request, now).right(candidate.tried);
    return queue_activation_again(connection, now, pending, request.client) == 0;
  });
  if (!sent) return sent.error();
  Data data;
  data.add("PENDING").add(*sent ? "SENT" : "SENT_BEFORE");
  return show(request, 422, std::move(data), {});  // nothing that was entered is wrong
}

Result<Response> LoginStep::refuse(const Request& request, const Candidate& candidate, bool right) {
  const EpochSeconds now = site_.clock();
  const auto& account = candidate.account;
  const auto reason = refusal_reason(right, account, candidate.pending);
  const auto done = site_.database->write([&](Connection& connection) {
    record_refusal(connection, request, now, account ? account->id : "", reason);
    PasswordTries(connection, site_, request, now).wrong(candidate.tried, account);
    return Done{};
  });
  if (!done) return done.error();
  return show(request, 422, {}, {field_error("email", "login_refused")});
}

Response LoginStep::show(const Request& request, int status, Data data,
                         const std::vector<FieldError>& errors) const {
  const std::string back = own_path(request.query.get("return"));
  if (back != own_path("")) data.add("BACK").set("PATH", back);
  show_summary(data, {.heading = "ログインできませんでした", .errors = errors});
  const std::string email(text::cut(typed_email(request), kMostEmailBytes));
  show_field(data, "EMAIL_FIELD", account_fields::login_email, email, errors);
  show_field(data, "PASSWORD_FIELD", account_fields::login_password, "", errors);
  return site_.page(status, "login.tpl", "ログイン", std::move(data));
}

}  // namespace portal
