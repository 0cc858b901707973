#include "form/form.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/database/roster/roster.h"
#include "core/draft/current_draft.h"
#include "core/draft/lost_draft.h"
#include "core/registration/account_fields.h"
#include "core/responder/form_view.h"
#include "core/responder/router.h"
#include "core/responder/signup_cookie.h"
#include "core/responder/timeline.h"
#include "form/notices.h"

namespace portal {
namespace {

constexpr std::string_view kBlankForm = "public, max-age=60";  // the same for everybody

constexpr std::string_view kBusy = "ただいま登録を受け付けられません";
constexpr std::string_view kBusyText =
    "一時的に混み合っています。入力内容はこの画面に残っています。"
    "30秒ほどたってから、パスワードをもう一度入力し、「登録」ボタンを押してください。";

// `new` asks for a blank form: a person may have a second clinic.
bool is_to_correct(const std::optional<Registration>& registration, const Form& query) {
  return registration && registration->open() && !query.has("new");
}

// All that a link may fill in is the number (contract.md §1): whoever made the link would choose
// the rest as well, and above all the address.
Form entries_of_link(const Form& query) {
  Form entries = entries_of(query);
  for (const Field& field : fields()) {
    if (!field.institution && field.name != "institution") entries.remove(field.name);
  }
  return entries;
}

// Both fields empty: the password of the draft, while there is one (contract.md §2). Nothing: the
// form is what was sent.
Result<std::optional<Form>> with_kept_password(const Site& site, const Request& request) {
  using Kept = std::optional<Form>;
  if (!request.form.get("password").empty()) return Kept();
  if (!request.form.get("password_confirmation").empty()) return Kept();
  const auto draft = current_draft(site, request);
  if (!draft) return draft.error();
  if (!*draft) return Kept();
  Kept form(request.form);
  form->set("password", (*draft)->application.password.view());
  form->set("password_confirmation", (*draft)->application.password.view());
  return form;
}

// What only the database knows of a number.
Result<ClinicFound> find_clinic(const Site& site, const RegistrationNumber& number) {
  return site.database->read(
      [&](Connection& connection) { return Roster(connection).find_to_register(number); });
}

// The number's own errors come from the rules; these are the roster's and the accounts'.
std::optional<FieldError> objection(const RegistrationNumber& number, const ClinicFound& found) {
  const auto field = std::ranges::find_if(fields(), [&](const Field& candidate) {
    return candidate.institution == number.institution() && candidate.part == &NumberParts::number;
  });
  if (!found.clinic) return field_error(field->name, "not_in_roster");
  if (found.has_account) return field_error(field->name, "clinic_taken");
  return std::nullopt;
}

// "email_format phone_missing", for the call centre: no values.
std::string codes_of(const std::vector<FieldError>& errors) {
  std::string codes;
  for (const FieldError& error : errors) codes.append(codes.empty() ? "" : " ").append(error.code);
  return codes;
}

// Whose it is, as far as what was entered is right. The answer does not depend on it.
void record_refusal(const Site& site, const Request& request, const Checked& checked) {
  const std::string key = email_key(checked.email);
  const std::string number = checked.number ? checked.number->text() : "";
  const std::string codes = codes_of(checked.errors);
  record_timeline_event(site, request,
                        {.event = TimelineEvent::kFormRefused,
                         .email_key = key,
                         .number = number,
                         .phone = checked.phone,
                         .detail = codes});
}

}  // namespace

Result<Response> FormStep::handle(const Request& request) {
  return route(site_, request,
               {{"/register", [this](const Request& r) { return get(r); },
                 [this](const Request& r) { return post(r); }}});
}

Result<Response> FormStep::get(const Request& request) {
  const auto draft = open_draft(site_, request);
  if (!draft) return draft.error();
  if (*draft) return show_draft(**draft);
  if (says_nothing_found(request.query) && request.cookies.empty()) {
    return site_.page(200, "cookies_off.tpl", "Cookie（クッキー）を使えません", {});
  }
  const auto registration = signed_up(site_, request);
  if (!registration) return registration.error();
  const auto fate = fate_of_draft(site_, request);
  if (!fate) return fate.error();

  const auto notice =
      notice_of(*fate, registration->has_value(), says_nothing_found(request.query));
  Shown shown = {.summary = notice.value_or(Summary()), .entries = entries_of_link(request.query)};
  const bool is_blank = shown.entries.encode().empty();
  if (is_blank && is_to_correct(*registration, request.query)) {
    return show_registration(std::move(shown), **registration, request.query.get("correct"));
  }
  if (!notice && is_blank) return blank(request);
  return page_.draw(200, shown);
}

// What this browser registered and has not activated, to be corrected. `focus` names a field.
Response FormStep::show_registration(Shown shown, const Registration& registration,
                                     std::string_view focus) {
  shown.is_registered = true;
  shown.entries = fields_of(registration);
  shown.entries.set("terms", "agreed");  // or there would be no registration
  shown.password = PasswordAsked::kAgain;
  shown.focus = focus;
  return page_.draw(200, shown);
}

// Also one that lacks its password: what a page sent along that had outlived its draft.
Response FormStep::show_draft(const OpenedDraft& draft) {
  const bool is_finished = finished(draft).has_value();
  Shown shown = {.is_kept = is_finished,
                 .entries = entries_of(draft.entries),
                 .password = is_finished ? PasswordAsked::kKept : PasswordAsked::kAgain};
  if (!is_finished) shown.summary = time_is_over();
  shown.entries.set("terms", "agreed");  // or there would be no draft
  return page_.draw(200, shown);
}

Result<Response> FormStep::blank(const Request& request) {
  return shared_.find(request, "blank", {.templates = site_.view->edition()}, [this] {
    Response blank = page_.draw(200, {});
    if (blank.status == 200) blank.header("Cache-Control", kBlankForm).header("Vary", "Cookie");
    return Result<Response>(std::move(blank));
  });
}

Result<Response> FormStep::post(const Request& request) {
  const auto kept = with_kept_password(site_, request);
  if (!kept) return kept.error();
  const Form& form = *kept ? **kept : request.form;
  Checked checked = check_application(form, *site_.common_passwords());
  Shown shown;
  if (checked.number) {
    const auto found = find_clinic(site_, *checked.number);
    if (!found) return found.error();
    if (const auto error = objection(*checked.number, *found)) {
      checked.errors.push_back(*error);
      checked.errors = in_form_order(std::move(checked.errors));
      if (!found->clinic) shown.waits_for = checked.number;
    } else {
      shown.clinic = found->clinic;
    }
  }
  if (!checked.errors.empty()) {
    record_refusal(site_, request, checked);
    shown.is_kept = true;
    shown.entries = entries_of(request.form);
    shown.summary.errors = checked.errors;
    shown.password = *kept ? PasswordAsked::kKept : PasswordAsked::kAgain;
    return page_.draw(422, shown);
  }

  const auto token = keep_draft(site_, request, *checked.application);
  if (!token) return token.error();
  Response response = see_other("/register/confirm");
  set_draft_cookie(site_, response, *token);
  return response;
}

std::optional<Response> FormStep::unavailable_page(const Request& request) {
  if (request.method != Method::kPost) return std::nullopt;
  return page_.draw(503, {.summary = {.heading = kBusy, .text = std::string(kBusyText)},
                          .entries = entries_of(request.form),
                          .password = PasswordAsked::kAgain});
}

}  // namespace portal
