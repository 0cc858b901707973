#include "confirm/confirm.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/base/japan_time.h"
#include "core/database/roster/roster.h"
#include "core/draft/lost_draft.h"
#include "core/responder/form_view.h"
#include "core/responder/router.h"

namespace portal {
namespace {

constexpr std::string_view kTitle = "入力内容の確認";
constexpr std::string_view kMask = "●●●●●●●●";  // its length tells nothing
constexpr std::string_view kChanged = "入力内容が変更されています";
constexpr std::string_view kChangedText =
    "別の画面（タブ）で入力内容が変更されたため、まだ登録していません。"
    "下の内容をもう一度ご確認のうえ、「OK」ボタンを押してください。";

// The open places of the page's mould. The fields' answers come last, then their hidden fields.
enum Place : std::size_t {
  kUntil,
  kEmail,
  kDraft,
  kNumber,
  kClinicName,
  kFirstField,
};

std::size_t place_of(const Field& field) {
  return kFirstField + static_cast<std::size_t>(&field - fields().data());
}

std::size_t hidden_place_of(const Field& field) {
  return fields().size() + place_of(field);
}

// What a person reads of it: of a choice its words, not its code.
std::string_view readable(const Field& field, std::string_view value) {
  const auto choice = std::ranges::find(field.choices, value, &Choice::value);
  return choice == field.choices.end() ? value : choice->label;
}

// How the answer is drawn: a section of the template.
std::string_view section_of(const Field& field, bool password_shown) {
  if (field.is_secret()) return password_shown ? "SHOWN" : "MASKED";
  return field.shape == Shape::kConsent ? "CONSENT" : "ANSWER";
}

void show_answer(Data& data, const Field& field, bool password_shown) {
  Data& row = data.add("ROW").set("ID", field.id).set("LABEL", field.label);
  row.set("LINKED", field.linked);
  if (!field.linked.empty()) row.show("LINK");
  const bool masked = field.is_secret() && !password_shown;
  row.set("VALUE", masked ? std::string(kMask) : open_place(place_of(field)));
  row.show(section_of(field, password_shown));
}

void show_found(Data& data, std::string_view label, Place place) {
  data.add("ROW").set("LABEL", label).set("VALUE", open_place(place)).show("FOUND");
}

// Everything that was entered, and below the number what was found by it.
void show_answers(Data& data, Institution institution, bool password_shown) {
  for (const Field& field : fields()) {
    if (field.institution && field.institution != institution) continue;
    show_answer(data, field, password_shown);
    if (field.part != &NumberParts::suffix2) continue;  // its last part
    show_found(data, "登録記号番号", kNumber);
    show_found(data, "施術所名", kClinicName);
  }
}

// OK sends along what the page shows. If the draft has ended meanwhile, nothing but the password
// has to be entered again (complete.cpp).
void keep_on_page(Data& data, Institution institution) {
  const auto& example = kind_of(institution).example;
  Form form = fields_of(Applicant{.number = *RegistrationNumber::from_parts(institution, example)});
  for (const Field& field : fields()) {
    if (form.has(field.name)) form.set(field.name, open_place(hidden_place_of(field)));
  }
  show_hidden(data, form);
}

// What stands in the places of the fields.
void fill_in(std::vector<Html>& values, const Application& entered, bool password_shown) {
  const Form form = fields_of(static_cast<const Applicant&>(entered));
  for (const Field& field : fields()) {
    const auto value = form.get(field.name);
    values[hidden_place_of(field)] = escaped(value);
    values[place_of(field)] = escaped(readable(field, value));
    if (field.is_secret() && password_shown) {
      values[place_of(field)] = escaped(entered.password.view());
    }
  }
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
  if (!*draft) return lead_without_draft(site_, request);
  const Application& entered = (*draft)->application;
  const auto clinic = site_.database->read(
      [&](Connection& connection) { return Roster(connection).find(entered.number); });
  if (!clinic) return clinic.error();
  if (!*clinic) return site_.error(request, 409);

  const Kind kind = {.institution = entered.number.institution(),
                     .password = password,
                     .is_changed = request.query.has("changed")};
  const auto page = moulds_.current(*site_.view)->find(kind, [&] { return mould_of(kind); });
  if (!page) return site_.cannot_show("confirm.tpl", page.error());
  std::vector<Html> values(kFirstField + 2 * fields().size());
  values[kUntil] = escaped(japan_clock((*draft)->expires_at));
  values[kEmail] = escaped(entered.email);
  values[kDraft] = escaped((*draft)->id);
  values[kNumber] = escaped(entered.number.text());
  values[kClinicName] = escaped((*clinic)->name);
  fill_in(values, entered, password == Password::kShown);
  return (*page)->fill(200, values);
}

Result<PageMould> ConfirmStep::mould_of(const Kind& kind) const {
  Data data;
  show_answers(data, kind.institution, kind.password == Password::kShown);
  data.set("UNTIL", open_place(kUntil)).set("EMAIL", open_place(kEmail));
  data.set("DRAFT", open_place(kDraft));
  keep_on_page(data, kind.institution);
  if (kind.is_changed) {
    show_summary(data, {.heading = kChanged, .text = std::string(kChangedText)});
  }
  return site_.mould(200, "confirm.tpl", kTitle, std::move(data));
}

}  // namespace portal
