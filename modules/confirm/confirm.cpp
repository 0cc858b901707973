#include "confirm/confirm.h"

#include <string>
#include <utility>

#include "core/database/registration/registrations.h"
#include "core/database/roster/roster.h"
#include "core/responder/router.h"
#include "core/security/token.h"

namespace portal {
namespace {

constexpr std::string_view kTitle = "入力内容の確認";
constexpr std::string_view kMask = "●●●●●●●●";  // its length tells nothing

void show_number(Data& data, const RegistrationNumber& number) {
  const auto parts = number.parts();
  const bool judo = number.institution() == Institution::kJudo;
  Data& section = data.add(judo ? "JUDO" : "AHAKI");
  if (judo) section.set("AGREEMENT", parts.agreement);
  section.set("NUMBER", parts.number).set("SUFFIX1", parts.suffix1).set("SUFFIX2", parts.suffix2);
}

}  // namespace

Result<Response> ConfirmStep::handle(const Request& request) {
  return route(
      site_, request,
      {{"/register/confirm", [this](const Request& r) { return show(r, Password::kMasked); },
        [this](const Request& r) {
          const bool shown = r.form.get("show") == "password";
          return show(r, shown ? Password::kShown : Password::kMasked);
        }}});
}

Result<Response> ConfirmStep::show(const Request& request, Password password) {
  const auto draft = current_draft(site_, request);
  if (!draft) return draft.error();
  if (!*draft) return without_draft(request);
  const Application& entered = (*draft)->application;
  const auto clinic = site_.database->read(
      [&](Connection& connection) { return Roster(connection).find(entered.number.text()); });
  if (!clinic) return clinic.error();
  if (!*clinic) return site_.error(request, 409);

  Data data;
  data.set("FAMILY_NAME", entered.family_name).set("GIVEN_NAME", entered.given_name);
  data.set("INSTITUTION", name_of(entered.number.institution()));
  show_number(data, entered.number);
  data.set("REGISTRATION_NUMBER", entered.number.text()).set("CLINIC_NAME", (*clinic)->name);
  data.set("PHONE", entered.phone).set("EMAIL", entered.email).set("DRAFT", (*draft)->id);
  if (password == Password::kShown) {
    data.add("PASSWORD_SHOWN").set("PASSWORD", entered.password.view());
  } else {
    data.add("PASSWORD_MASKED").set("MASK", kMask);
  }
  if (request.query.has("changed")) data.add("CHANGED");
  return site_.page(200, "confirm.tpl", kTitle, std::move(data));
}

// Back after OK: the draft was completed, and the screen that follows says what to do now.
Result<Response> ConfirmStep::without_draft(const Request& request) {
  const auto token = draft_token(site_, request);
  if (!token) return see_other("/register");
  const auto registration = site_.database->read([&](Connection& connection) {
    return Registrations(connection).find_by_draft(token_hash(*token));
  });
  if (!registration) return registration.error();
  return see_other(*registration ? "/register/complete" : "/register");
}

}  // namespace portal
