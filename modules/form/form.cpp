#include "form/form.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/database/account/accounts.h"
#include "core/database/roster/roster.h"
#include "core/registration/account_fields.h"
#include "core/responder/current_draft.h"
#include "core/responder/form_view.h"
#include "core/responder/lost_draft.h"
#include "core/responder/router.h"
#include "core/responder/signup_cookie.h"
#include "core/responder/timeline.h"
#include "form/notices.h"

namespace portal {
namespace {

constexpr std::string_view kTitle = "ユーザー登録";
constexpr std::string_view kBlankForm = "public, max-age=60";  // the same for everybody

constexpr std::string_view kBusy = "ただいま登録を受け付けられません";
constexpr std::string_view kBusyText =
    "一時的に混み合っています。入力内容はこの画面に残っています。"
    "30秒ほどたってから、パスワードをもう一度入力し、「登録」ボタンを押してください。";

constexpr std::string_view kPasswordIsKept =
    "空欄のままにすると、先ほど入力したパスワードを使います。変えるときは、両方の欄に、"
    "以下パスワードポリシーに従ってご入力ください。";
constexpr std::string_view kPasswordAgain =
    "パスワードは、もう一度ご入力ください。以下パスワードポリシーに従ってご入力ください。";

// `new` asks for a blank form: a person may have a second clinic.
bool is_to_correct(const std::optional<Registration>& registration, const Form& query) {
  return registration && !registration->activated() && !registration->cancelled() &&
         !query.has("new");
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
struct ClinicFound {
  std::optional<Clinic> clinic;  // nothing: it is not in the roster
  bool has_account = false;
};

Result<ClinicFound> find_clinic(const Site& site, const RegistrationNumber& number) {
  return site.database->read([&](Connection& connection) {
    return ClinicFound{Roster(connection).find(number),
                       Accounts(connection).find_by_number(number).has_value()};
  });
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

// A section of the form for each kind of clinic, with its example and the fields of its number.
void show_kind(Data& data, const ClinicKind& kind, const Form& entries,
               const std::vector<FieldError>& errors) {
  const auto number = RegistrationNumber::from_parts(kind.institution, kind.example).value();
  Data& section = data.add("KIND").set("CODE", kind.code).set("NAME", kind.name);
  section.set("EXAMPLE", number.text()).set("OPENING", kind.opening);
  for (const Field& field : fields()) {
    if (field.institution != kind.institution) continue;
    show_field(section, "NUMBER_FIELD", field, entries.get(field.name), errors);
  }
}

// The field as this page asks for it: a password that the draft has may stay empty.
Field as_asked(Field field, const Shown& shown) {
  field.focus = field.name == shown.focus;
  if (!field.is_secret() || shown.password == PasswordAsked::kFirst) return field;
  const bool is_kept = shown.password == PasswordAsked::kKept;
  if (is_kept) field.required = false;
  if (!field.help.empty()) field.help = is_kept ? kPasswordIsKept : kPasswordAgain;
  return field;
}

void show_fields(Data& data, const Shown& shown) {
  for (const ClinicKind& kind : kClinicKinds) show_kind(data, kind, shown.entries, shown.errors);
  for (const Field& field : fields()) {
    if (field.institution) continue;
    show_field(data, field.place, as_asked(field, shown), shown.entries.get(field.name),
               shown.errors);
  }
}

// 必須情報
void list_fields(Data& data) {
  for (const Field& field : fields()) {
    Data& item = data.add("LISTED").set("ID", field.id).set("LISTED", field.listed);
    if (field.institution) item.add("OF_KIND").set("CODE", code_of(*field.institution));
  }
}

// Who waits for a clinic to be in the roster leaves an address: a form of its own, within the page.
void offer_waiting(Data& data, const RegistrationNumber& number, std::string_view email) {
  Data& waiting = data.add("WAITING");
  show_field(waiting, "WAITING_FIELD", account_fields::waiting_email_beside, email);
  show_hidden(waiting, fields_of(number));
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

  Data data;
  const auto notice =
      notice_of(*fate, registration->has_value(), says_nothing_found(request.query));
  if (notice) show_summary(data, *notice);
  Form entries = entries_of_link(request.query);
  if (entries.encode().empty() && is_to_correct(*registration, request.query)) {
    return show_registration(std::move(data), **registration, request.query.get("correct"));
  }
  if (!notice && entries.encode().empty()) return blank();
  return show(200, std::move(data), {.entries = std::move(entries)});
}

// What this browser registered and has not activated, to be corrected. `focus` names a field.
Response FormStep::show_registration(Data data, const Registration& registration,
                                     std::string_view focus) {
  data.add("REGISTERED");
  Form entries = fields_of(registration);
  entries.set("terms", "agreed");  // or there would be no registration
  return show(200, std::move(data),
              {.entries = std::move(entries),
               .password = PasswordAsked::kAgain,
               .focus = std::string(focus)});
}

// Also one that lacks its password: what a page sent along that had outlived its draft.
Response FormStep::show_draft(const OpenedDraft& draft) {
  Data data;
  const bool is_finished = finished(draft).has_value();
  if (is_finished) {
    data.add("KEPT");
  } else {
    show_summary(data, time_is_over());
  }
  Form entries = entries_of(draft.entries);
  entries.set("terms", "agreed");  // or there would be no draft
  return show(200, std::move(data),
              {.entries = std::move(entries),
               .password = is_finished ? PasswordAsked::kKept : PasswordAsked::kAgain});
}

Response FormStep::blank() {
  const std::uint64_t edition = site_.view->edition();  // read first: what is kept is never too old
  const std::lock_guard lock(mutex_);
  if (!blank_ || blank_->edition != edition) {
    Response rendered = show(200, {}, {});
    if (rendered.status != 200) return rendered;
    rendered.header("Cache-Control", kBlankForm).header("Vary", "Cookie");
    blank_ = {edition, std::move(rendered)};
  }
  return blank_->page;
}

Result<Response> FormStep::post(const Request& request) {
  const auto kept = with_kept_password(site_, request);
  if (!kept) return kept.error();
  const Form& form = *kept ? **kept : request.form;
  Checked checked = check_application(form, *site_.common_passwords());
  Data data;
  if (checked.number) {
    const auto found = find_clinic(site_, *checked.number);
    if (!found) return found.error();
    if (const auto error = objection(*checked.number, *found)) {
      checked.errors.push_back(*error);
      checked.errors = in_form_order(std::move(checked.errors));
      const Form entries = entries_of(request.form);
      if (!found->clinic) offer_waiting(data, *checked.number, entries.get("email"));
    } else {
      data.add("CLINIC").set("NUMBER", checked.number->text()).set("NAME", found->clinic->name);
    }
  }
  if (!checked.errors.empty()) {
    record_refusal(site_, request, checked);
    data.add("KEPT");
    return show(422, std::move(data),
                {.entries = entries_of(request.form),
                 .errors = checked.errors,
                 .password = *kept ? PasswordAsked::kKept : PasswordAsked::kAgain});
  }

  const auto token = keep_draft(site_, request, *checked.application);
  if (!token) return token.error();
  Response response = see_other("/register/confirm");
  set_draft_cookie(site_, response, *token);
  return response;
}

Response FormStep::show(int status, Data data, const Shown& shown) {
  show_summary(data, {.errors = shown.errors});
  show_fields(data, shown);
  list_fields(data);
  show_possible_errors(data);
  return site_.page(status, "form.tpl", kTitle, std::move(data));
}

std::optional<Response> FormStep::unavailable_page(const Request& request) {
  if (request.method != Method::kPost) return std::nullopt;
  Data data;
  show_summary(data, {.heading = kBusy, .text = std::string(kBusyText)});
  return show(503, std::move(data),
              {.entries = entries_of(request.form), .password = PasswordAsked::kAgain});
}

}  // namespace portal
