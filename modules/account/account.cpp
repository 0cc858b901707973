#include "account/account.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <utility>

#include "account/browser_name.h"
#include "core/base/japan_time.h"
#include "core/database/account/password_hashes.h"
#include "core/database/roster/roster.h"
#include "core/registration/account_fields.h"
#include "core/responder/form_view.h"
#include "core/responder/router.h"
#include "core/responder/tokens.h"
#include "core/security/token.h"
#include "core/text/text.h"

namespace portal {
namespace {

constexpr std::size_t kMostBytes = 1000;  // of the text that is shown again

// /account?done=NAME says what was done. The second text is the section of the template.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kDone = {{
    {"phone", "DONE_PHONE"},
    {"email", "DONE_EMAIL"},  // the mail to the new address is on its way
    {"email_changed", "DONE_EMAIL_CHANGED"},
    {"password", "DONE_PASSWORD"},
    {"session", "DONE_SESSION"},
}};

void show_notice(Data& data, std::string_view done) {
  const auto* const notice =
      std::ranges::find(kDone, done, &std::pair<std::string_view, std::string_view>::first);
  if (notice != kDone.end()) data.add(notice->second);
}

// An unknown client is called so, in words that users know.
std::string_view client_shown(const std::string& client) {
  static const std::string unknown = Client().address();
  return client == unknown ? "不明" : std::string_view(client);
}

// 「ほかの端末：Windows の Edge（…にログイン、接続元 …、最後の操作 …）」
std::string label_of(const WebSession& session, bool own) {
  std::string label(own ? "この端末：" : "ほかの端末：");
  label.append(browser_name(session.user_agent)).append("（");
  label.append(japan_time(session.created_at)).append("にログイン、接続元 ");
  label.append(client_shown(session.client)).append("、最後の操作 ");
  return label.append(japan_time(session.seen_at)).append("）");
}

// The open logins, as choices of which one ends.
void show_sessions(Data& data, const std::vector<WebSession>& sessions, const WebSession& own,
                   std::string_view chosen, const std::vector<FieldError>& errors) {
  std::vector<std::string> labels;
  std::ranges::transform(sessions, std::back_inserter(labels), [&](const WebSession& session) {
    return label_of(session, session.token_hash == own.token_hash);
  });
  std::vector<Choice> choices;
  for (std::size_t i = 0; i < sessions.size(); ++i) {
    choices.push_back({sessions[i].token_hash, labels[i]});
  }
  Field field = account_fields::session;
  field.choices = choices;
  show_field(data, "SESSION_FIELD", field, chosen, errors);
}

// The other fields of the page's forms; each form asks for the current password in a field of its
// own.
void show_fields(Data& data, const Account& account, const Form& form,
                 const std::vector<FieldError>& errors) {
  using namespace account_fields;
  const auto show = [&](std::string_view place, const Field& field) {
    show_field(data, place, field, text::cut(form.get(field.name), kMostBytes), errors);
  };
  show("PHONE_FIELD", new_phone);
  show("PHONE_PASSWORD_FIELD", current_password("current_password_phone"));
  show("EMAIL_FIELD", new_email);
  show("EMAIL_PASSWORD_FIELD", current_password("current_password_email"));
  show_field(data, "USERNAME_FIELD", username, account.email);
  show("CURRENT_PASSWORD_FIELD", current_password("current_password_password"));
  show("PASSWORD_FIELD", new_password);
  show("CONFIRMATION_FIELD", new_password_confirmation);
  show("SESSION_PASSWORD_FIELD", current_password("current_password_end_session"));
  show("LEAVE_PASSWORD_FIELD", current_password("current_password_leave"));
}

void show_account(Data& data, const Account& account, const std::optional<Clinic>& clinic) {
  data.set("NAME", account.family_name + " " + account.given_name);
  data.set("CLINIC_NAME", clinic ? clinic->name : "");
  data.set("REGISTRATION_NUMBER", account.number.text());
  data.set("CURRENT_PHONE", account.phone).set("CURRENT_EMAIL", account.email);
  data.set("CREATED_AT", japan_time(account.created_at));
}

void show_previous_login(Data& data, const WebSession& session) {
  if (session.previous_login_at == 0) {
    data.add("FIRST_LOGIN");
    return;
  }
  data.add("PREVIOUS_LOGIN")
      .set("AT", japan_time(session.previous_login_at))
      .set("CLIENT", client_shown(session.previous_login_client));
}

// Back to this page afterwards, and to the link that was opened.
Response login_first(const Request& request) {
  const std::string token = link_token(request);
  return to_login(token.empty() ? "/account" : "/account?token=" + token);
}

}  // namespace

Result<Response> AccountStep::handle(const Request& request) {
  return route(site_, request,
               {{"/account", [this](const Request& r) { return get(r); },
                 [this](const Request& r) { return post(r); }}});
}

Result<Response> AccountStep::get(const Request& request) {
  const auto user = signed_in(site_, request);
  if (!user) return user.error();
  if (!*user) return login_first(request);
  if (request.query.has("token")) return show_link(request, **user);
  return show(request, **user, 200, {});
}

Result<Response> AccountStep::post(const Request& request) {
  using Change = Result<Response> (AccountStep::*)(const Request&, const SignedIn&);
  static constexpr std::array<std::pair<std::string_view, Change>, 5> kChanges = {{
      {"phone", &AccountStep::change_phone},
      {"email", &AccountStep::change_email},
      {"password", &AccountStep::change_password},
      {"end_session", &AccountStep::end_session},
      {"leave", &AccountStep::leave},
  }};
  auto user = signed_in(site_, request);
  if (!user) return user.error();
  if (!*user) return login_first(request);
  if (request.query.has("token")) return follow_link(request, **user);
  const auto* const change = std::ranges::find(kChanges, request.form.get("action"),
                                               &std::pair<std::string_view, Change>::first);
  if (change == kChanges.end()) return site_.error(request, 400);
  // The changes verify the password.
  Account& account = (*user)->account;
  auto hash = site_.database->read(
      [&](Connection& connection) { return PasswordHashes(connection).of(account.id); });
  if (!hash) return hash.error();
  account.password_hash = std::move(*hash);
  return (this->*change->second)(request, **user);
}

Result<Response> AccountStep::show(const Request& request, const SignedIn& user, int status,
                                   const std::vector<FieldError>& errors) const {
  struct Found {
    std::optional<Clinic> clinic;
    std::vector<WebSession> sessions;
  };
  const auto found = site_.database->read([&](Connection& connection) {
    return Found{Roster(connection).find_any(user.account.number),
                 WebSessions(connection)
                     .of_account(user.account.id, site_.clock(), session_limits(site_.settings))};
  });
  if (!found) return found.error();
  Data data;
  show_account(data, user.account, found->clinic);
  show_previous_login(data, user.session);
  show_notice(data, request.query.get("done"));
  show_summary(data, {.errors = errors});
  show_fields(data, user.account, request.form, errors);
  show_sessions(data, found->sessions, user.session, request.form.get("session"), errors);
  return site_.page(status, "account.tpl", "マイページ", std::move(data), Visitor::kSignedIn);
}

}  // namespace portal
