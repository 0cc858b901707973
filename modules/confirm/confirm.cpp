#include "confirm/confirm.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/base/japan_time.h"
#include "core/database/roster/roster.h"
#include "core/responder/form_view.h"
#include "core/responder/lost_draft.h"
#include "core/responder/router.h"

namespace portal {
namespace {

constexpr std::string_view kTitle = "入力内容の確認";
constexpr std::string_view kMask = "●●●●●●●●";  // its length tells nothing
constexpr std::string_view kChanged = "入力内容が変更されています";
constexpr std::string_view kChangedText =
    "別の画面（タブ）で入力内容が変更されたため、まだ登録していません。"
    "下の内容をもう一度ご確認のうえ、「OK」ボタンを押してください。";

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

void show_answer(Data& data, const Field& field, std::string_view value, bool password_shown) {
  Data& row = data.add("ROW").set("ID", field.id).set("LABEL", field.label);
  row.set("LINKED", field.linked);
  if (!field.linked.empty()) row.show("LINK");
  const bool masked = field.is_secret() && !password_shown;
  row.set("VALUE", masked ? kMask : readable(field, value));
  row.show(section_of(field, password_shown));
}

void show_found(Data& data, std::string_view label, std::string_view value) {
  data.add("ROW").set("LABEL", label).set("VALUE", value).show("FOUND");
}

// Everything that was entered, and below the number what was found by it.
void show_answers(Data& data, const Application& entered, const Clinic& clinic,
                  bool password_shown) {
  Form form = fields_of(entered);
  form.set("password_confirmation", form.get("password"));
  for (const Field& field : fields()) {
    if (field.institution && field.institution != entered.number.institution()) continue;
    show_answer(data, field, form.get(field.name), password_shown);
    if (field.part != &NumberParts::suffix2) continue;  // its last part
    show_found(data, "登録記号番号", entered.number.text());
    show_found(data, "施術所名", clinic.name);
  }
}

// OK sends along what the page shows. If the draft has ended meanwhile, nothing but the password
// has to be entered again (complete.cpp).
void keep_on_page(Data& data, const Application& entered) {
  show_hidden(data, fields_of(static_cast<const Applicant&>(entered)));
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

  Data data;
  show_answers(data, entered, **clinic, password == Password::kShown);
  data.set("EMAIL", entered.email).set("DRAFT", (*draft)->id);
  data.set("UNTIL", japan_clock((*draft)->expires_at));
  keep_on_page(data, entered);
  if (request.query.has("changed")) {
    show_summary(data, {.heading = kChanged, .text = std::string(kChangedText)});
  }
  return site_.page(200, "confirm.tpl", kTitle, std::move(data));
}

}  // namespace portal
