// The handlers of the account page's forms. Each checks the form, verifies the password (ASVS 5.0,
// 7.5.1 and 7.5.2), makes the change, and answers with 303, or with the page and its errors.
#include <string>
#include <utility>

#include "account/account.h"
#include "core/database/account/account_links.h"
#include "core/database/account/known_devices.h"
#include "core/database/account/password_hashes.h"
#include "core/database/account/throttles.h"
#include "core/journal/audit.h"
#include "core/queue/queue_mail.h"
#include "core/responder/known_device.h"
#include "core/responder/password_tries.h"

namespace portal {
namespace {

// Every form of the page asks for the current password, so each field has an id of its own.
FieldError of_current_password(const Request& request, std::string_view code) {
  return field_error("current_password_" + std::string(request.form.get("action")), code);
}

// The account, if its password is still the one that was verified.
std::optional<Account> unchanged(Connection& connection, const SignedIn& user) {
  Accounts accounts(connection);
  accounts.lock(user.account.id);
  auto account = accounts.find(user.account.id);
  const std::string now = PasswordHashes(connection).of(user.account.id);
  if (now != user.account.password_hash) account.reset();
  return account;
}

}  // namespace

std::optional<Result<Response>> AccountStep::objection(const Request& request, const SignedIn& user,
                                                       std::vector<FieldError> errors) {
  const auto password = request.form.get("current_password");
  if (password.empty()) {
    errors.push_back(of_current_password(request, "current_password_missing"));
  }
  if (!errors.empty()) return show(request, user, 422, errors);

  const EpochSeconds now = site_.clock();
  const Account& account = user.account;
  const auto tried = site_.database->write([&](Connection& connection) {
    return PasswordTries(connection, site_, request, now).take(account, account.email_key);
  });
  if (!tried) return tried.error();
  if (tried->wait > 0) return wait_page(site_, tried->wait, "/account", tried->refused_by);

  const bool right = verify_or_give_back(site_, request, *tried, [&] {
    return hasher_.verify(account.password_hash, password);  // outside any transaction
  });
  const auto done = site_.database->write([&](Connection& connection) {
    PasswordTries tries(connection, site_, request, now);
    if (right) {
      tries.right(*tried);
      return Done{};
    }
    record_audit_event(connection, {.event = AuditEvent::kPasswordRefused,
                                    .account_id = account.id,
                                    .at = now,
                                    .client = request.client.address(),
                                    .request_id = request.id,
                                    .detail = request.form.get("action")});
    tries.wrong(*tried, account);
    return Done{};
  });
  if (!done) return done.error();
  if (right) return std::nullopt;
  return show(request, user, 422, {of_current_password(request, "current_password_wrong")});
}

Result<Response> AccountStep::change_phone(const Request& request, const SignedIn& user) {
  std::string phone(request.form.get("phone"));
  std::vector<FieldError> errors;
  if (const auto error = check_phone("phone", phone)) errors.push_back(*error);
  if (auto refused = objection(request, user, std::move(errors))) return *refused;

  const auto done = site_.database->write([&](Connection& connection) {
    if (!Accounts(connection).set_phone(user.account.id, phone)) return Done{};
    record_audit_event(connection, request, site_.clock(), AuditEvent::kPhoneChanged,
                       user.account.id);
    return Done{};
  });
  if (!done) return done.error();
  return see_other("/account?done=phone");
}

// It is not looked up whether another account has the address: only a person who can read its mails
// may learn this.
Result<Response> AccountStep::change_email(const Request& request, const SignedIn& user) {
  std::string email(request.form.get("email"));
  std::vector<FieldError> errors;
  if (const auto error = check_email("email", email)) {
    errors.push_back(*error);
  } else if (email_key(email) == user.account.email_key) {
    errors.push_back(field_error("email", "email_same"));
  }
  if (auto refused = objection(request, user, std::move(errors))) return *refused;

  const EpochSeconds now = site_.clock();
  const std::string& id = user.account.id;
  const auto wait = site_.database->write([&](Connection& connection) {
    const auto taken = Throttles(connection).take(Throttle::kNewAddress, id, now);
    if (taken.wait > 0) return taken.wait;
    queue_account_mail(connection, now,
                       {.kind = MailKind::kEmailChange,
                        .account_id = id,
                        .recipient = email,
                        .client = request.client});
    record_audit_event(connection, request, now, AuditEvent::kEmailChangeAsked, id);
    return taken.wait;
  });
  if (!wait) return wait.error();
  if (*wait > 0) return wait_page(site_, *wait, "/account", Throttle::kNewAddress);
  return see_other("/account?done=email");
}

Result<Response> AccountStep::change_password(const Request& request, const SignedIn& user) {
  auto errors = check_new_password(request.form, *site_.common_passwords());
  if (auto refused = objection(request, user, std::move(errors))) return *refused;

  const EpochSeconds now = site_.clock();
  const std::string encoded = hasher_.hash(request.form.get("password"));
  const auto done = site_.database->write([&](Connection& connection) {
    const auto account = unchanged(connection, user);
    if (!account) return false;
    Accounts(connection).set_password(account->id, encoded);
    WebSessions(connection).remove_all(account->id, user.session.token_hash);
    AccountLinks(connection).end_all(account->id, now);
    KnownDevices(connection).remove_all(account->id, device_hash(site_, request).value_or(""));
    queue_account_mail(connection, now,
                       {.kind = MailKind::kPasswordChanged,
                        .account_id = account->id,
                        .recipient = account->email});
    record_audit_event(connection, request, now, AuditEvent::kPasswordChanged, account->id);
    return true;
  });
  if (!done) return done.error();
  return see_other(*done ? "/account?done=password" : "/account");
}

Result<Response> AccountStep::end_session(const Request& request, const SignedIn& user) {
  const auto session = request.form.get("session");
  std::vector<FieldError> errors;
  if (session.empty()) errors.push_back(field_error("session", "session_missing"));
  if (auto refused = objection(request, user, std::move(errors))) return *refused;

  const auto done = site_.database->write([&](Connection& connection) {
    if (!WebSessions(connection).remove(user.account.id, session)) return Done{};  // already ended
    record_audit_event(connection, request, site_.clock(), AuditEvent::kSessionEnded,
                       user.account.id);
    return Done{};
  });
  if (!done) return done.error();
  if (session != user.session.token_hash) return see_other("/account?done=session");
  Response response = see_other("/login");
  clear_session_cookie(site_, response);
  return response;
}

Result<Response> AccountStep::leave(const Request& request, const SignedIn& user) {
  if (auto refused = objection(request, user, {})) return *refused;

  const EpochSeconds now = site_.clock();
  const auto done = site_.database->write([&](Connection& connection) {
    const auto account = unchanged(connection, user);
    if (!account) return false;
    Accounts(connection).remove(account->id);
    queue_account_mail(
        connection, now,
        {.kind = MailKind::kAccountLeft, .account_id = account->id, .recipient = account->email});
    record_audit_event(connection, request, now, AuditEvent::kLeft, account->id);
    return true;
  });
  if (!done) return done.error();
  if (!*done) return see_other("/account");
  Response response = see_other("/");
  clear_session_cookie(site_, response);
  return response;
}

}  // namespace portal
