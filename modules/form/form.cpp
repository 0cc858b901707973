#include "form/form.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/database/account/accounts.h"
#include "core/database/roster/roster.h"
#include "core/registration/account_fields.h"
#include "core/responder/current_draft.h"
#include "core/responder/form_view.h"
#include "core/responder/router.h"
#include "core/responder/timeline.h"

namespace portal {
namespace {

constexpr std::string_view kTitle = "ユーザー登録";
constexpr std::string_view kBlankForm = "public, max-age=60";  // the same for everybody

constexpr std::string_view kBusy = "ただいま登録を受け付けられません";
constexpr std::string_view kBusyText =
    "一時的に混み合っています。入力内容はこの画面に残っています。"
    "30秒ほどたってから、パスワードをもう一度入力し、「登録」ボタンを押してください。";

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

void show_fields(Data& data, const Form& entries, const std::vector<FieldError>& errors) {
  for (const ClinicKind& kind : kClinicKinds) show_kind(data, kind, entries, errors);
  for (const Field& field : fields()) {
    if (!field.institution) show_field(data, field.place, field, entries.get(field.name), errors);
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
  const auto draft = current_draft(site_, request);
  if (!draft) return draft.error();
  Data data;
  if (*draft) {
    data.add("KEPT");
    Form entries = fields_of((*draft)->application);
    entries.set("terms", "agreed");  // or there would be no draft
    return show(200, std::move(data), entries, {});
  }
  // A link may bring the number along: /register?institution=judo&judo_number=…
  Form entries = entries_of(request.query);
  entries.remove("terms");  // nobody agrees by a link
  if (entries.encode().empty()) return blank();
  return show(200, std::move(data), entries, {});
}

Response FormStep::blank() {
  const std::uint64_t edition = site_.view->edition();  // read first: what is kept is never too old
  const std::lock_guard lock(mutex_);
  if (!blank_ || blank_->edition != edition) {
    Response rendered = show(200, {}, {}, {});
    if (rendered.status != 200) return rendered;
    rendered.header("Cache-Control", kBlankForm).header("Vary", "Cookie");
    blank_ = {edition, std::move(rendered)};
  }
  return blank_->page;
}

Result<Response> FormStep::post(const Request& request) {
  Checked checked = check_application(request.form, *site_.common_passwords());
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
    return show(422, std::move(data), entries_of(request.form), checked.errors);
  }

  const auto token = keep_draft(site_, request, *checked.application);
  if (!token) return token.error();
  Response response = see_other("/register/confirm");
  set_draft_cookie(site_, response, *token);
  return response;
}

Response FormStep::show(int status, Data data, const Form& entries,
                        const std::vector<FieldError>& errors) {
  show_summary(data, {.errors = errors});
  show_fields(data, entries, errors);
  list_fields(data);
  return site_.page(status, "form.tpl", kTitle, std::move(data));
}

std::optional<Response> FormStep::unavailable_page(const Request& request) {
  if (request.method != Method::kPost) return std::nullopt;
  Data data;
  show_summary(data, {.heading = kBusy, .text = std::string(kBusyText)});
  return show(503, std::move(data), entries_of(request.form), {});
}

}  // namespace portal
