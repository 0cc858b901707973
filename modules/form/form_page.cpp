#include "form/form_page.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/registration/account_fields.h"

namespace portal {
namespace {

constexpr std::string_view kTitle = "ユーザー登録";

constexpr std::string_view kPasswordIsKept =
    "空欄のままにすると、先ほど入力したパスワードを使います。変えるときは、両方の欄に、"
    "以下パスワードポリシーに従ってご入力ください。";
constexpr std::string_view kPasswordAgain =
    "パスワードは、もう一度ご入力ください。以下パスワードポリシーに従ってご入力ください。";

// The open places of the page's mould. Those of the fields come last, in the form's order.
enum Place : std::size_t {
  kSummary,
  kClinicNumber,
  kClinicName,
  kWaitingField,
  kFirstHidden,  // the parts of the number that is waited for
  kFirstField = kFirstHidden + 8,
};

std::size_t place_of(const Field& field) {
  return kFirstField + static_cast<std::size_t>(&field - fields().data());
}

// A section of the form for each kind of clinic, with its example and the fields of its number.
void show_kind(Data& data, const ClinicKind& kind) {
  const auto number = RegistrationNumber::from_parts(kind.institution, kind.example).value();
  Data& section = data.add("KIND").set("CODE", kind.code).set("NAME", kind.name);
  section.set("EXAMPLE", number.text()).set("OPENING", kind.opening);
  for (const Field& field : fields()) {
    if (field.institution != kind.institution) continue;
    section.include_place("NUMBER_FIELD", place_of(field));
  }
}

// 必須情報
void list_fields(Data& data) {
  for (const Field& field : fields()) {
    Data& item = data.add("LISTED").set("ID", field.id).set("LISTED", field.listed);
    if (field.institution) item.add("OF_KIND").set("CODE", code_of(*field.institution));
  }
}

// The hidden fields of the form for who waits: those that a number of that kind fills in.
std::vector<const Field*> hidden_fields(Institution institution) {
  std::vector<const Field*> hidden;
  for (const Field& field : fields()) {
    if (field.institution == institution || field.name == "institution") hidden.push_back(&field);
  }
  return hidden;
}

// Who waits for a clinic to be in the roster leaves an address: a form of its own, within the page.
void offer_waiting(Data& data, Institution institution) {
  Data& waiting = data.add("WAITING");
  waiting.include_place("WAITING_FIELD", kWaitingField);
  std::size_t place = kFirstHidden;
  for (const Field* field : hidden_fields(institution)) {
    waiting.add("HIDDEN").set("NAME", field->name).set("VALUE", open_place(place++));
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

}  // namespace

Response FormPage::draw(int status, const Shown& shown) {
  const auto moulds = moulds_.current(*site_.view);
  const Kind kind = {
      .is_refused = status == 422,
      .is_kept = shown.is_kept,
      .is_registered = shown.is_registered,
      .waits_for = shown.waits_for ? std::optional(shown.waits_for->institution()) : std::nullopt};
  const auto page = moulds->pages.find(kind, [&] { return mould_of(kind); });
  if (!page) return site_.cannot_show("form.tpl", page.error());
  const auto values = values_of(moulds->fields, shown);
  if (!values) return site_.cannot_show("field.tpl", values.error());
  return (*page)->fill(status, *values);
}

Result<PageMould> FormPage::mould_of(const Kind& kind) const {
  Data data;
  data.include_place("SUMMARY", kSummary);
  if (kind.is_kept) data.add("KEPT");
  if (kind.is_registered) data.add("REGISTERED");
  if (kind.waits_for) offer_waiting(data, *kind.waits_for);
  data.add("CLINIC").set("NUMBER", open_place(kClinicNumber)).set("NAME", open_place(kClinicName));
  for (const ClinicKind& clinic : kClinicKinds) show_kind(data, clinic);
  for (const Field& field : fields()) {
    if (!field.institution) data.include_place(field.place, place_of(field));
  }
  list_fields(data);
  show_possible_errors(data);
  return site_.mould(kind.is_refused ? 422 : 200, "form.tpl", kTitle, std::move(data));
}

Result<std::vector<Html>> FormPage::values_of(FieldMoulds& moulds, const Shown& shown) const {
  std::vector<Html> values(kFirstField + fields().size());
  const auto draw = [&](std::size_t place, Result<Html> drawn) {
    if (drawn) values[place] = std::move(*drawn);
    return drawn ? Result<Done>(Done{}) : drawn.error();
  };
  const auto summary = draw(kSummary, draw_summary(*site_.view, shown.summary));
  if (!summary) return summary.error();
  if (shown.clinic) {
    values[kClinicNumber] = escaped(shown.clinic->number.text());
    values[kClinicName] = escaped(shown.clinic->name);
  }
  if (shown.waits_for) {
    const auto field =
        draw(kWaitingField, moulds.draw(*site_.view, account_fields::waiting_email_beside,
                                        shown.entries.get("email"), {}));
    if (!field) return field.error();
    const Form number = fields_of(*shown.waits_for);
    std::size_t place = kFirstHidden;
    for (const Field* hidden : hidden_fields(shown.waits_for->institution())) {
      values[place++] = escaped(number.get(hidden->name));
    }
  }
  for (const Field& field : fields()) {
    const auto drawn =
        draw(place_of(field), moulds.draw(*site_.view, as_asked(field, shown),
                                          shown.entries.get(field.name), shown.summary.errors));
    if (!drawn) return drawn.error();
  }
  return values;
}

}  // namespace portal
