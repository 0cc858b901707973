#include "core/responder/form_view.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

namespace portal {
namespace {

// {{#NAME}}{{NAME}}{{/NAME}}: an attribute or a text that not every field has.
void set_if_any(Data& data, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  data.set(name, value).show(name);
}

// "judo_number_help judo_number_error": what a screen reader reads out with the field.
std::string description_of(const Field& field, bool invalid) {
  std::string ids;
  if (!field.help.empty()) ids.append(field.id).append("_help");
  if (invalid) ids.append(ids.empty() ? "" : " ").append(field.id).append("_error");
  return ids;
}

// A part of the clinic's number stands on the drawn notice: what is said of it comes below, with
// its part of the example. (Of an agreement there is none: both can be seen in the list.)
void show_help_of_part(Data& drawn, const Field& field) {
  drawn.show("HELP_BELOW").set("HELP", field.help);
  if (field.shape != Shape::kInput) return;
  set_if_any(drawn, "EXAMPLE", kind_of(*field.institution).example.*field.part);
}

void show_help(Data& drawn, const Field& field) {
  if (field.help.empty()) return;
  if (field.part != nullptr) return show_help_of_part(drawn, field);
  drawn.show(field.help_items.empty() ? "HELP" : "HELP_LIST").set("HELP", field.help);
  for (const auto item : field.help_items) drawn.add("ITEM").set("ITEM", item);
}

// The first has the field's id, so that a link to the field leads there.
void show_choices(Data& drawn, const Field& field, std::string_view value) {
  for (const Choice& choice : field.choices) {
    std::string id(field.id);
    if (&choice != &field.choices.front()) id.append("_").append(choice.value);
    Data& shown = drawn.add("CHOICE").set("CHOICE", choice.label).set("CHOICE_ID", id);
    shown.set("CHOICE_VALUE", choice.value);
    if (choice.value == value) shown.show("CHOSEN");
  }
}

void show_errors_of(Data& drawn, const std::vector<FieldError>& own) {
  if (own.empty()) return;
  drawn.show("INVALID");
  for (const FieldError& error : own) drawn.add("ERROR").set_words("MESSAGE", error.message);
}

// What stands around the shape, and the shape.
void show_shape(Data& drawn, Shape shape) {
  const bool labelled = shape == Shape::kInput || shape == Shape::kSelect;
  if (labelled) drawn.show("LABEL");
  if (labelled || shape == Shape::kConsent) drawn.show("BLOCK");
  switch (shape) {
    case Shape::kInput:
      drawn.show("INPUT");
      break;
    case Shape::kRadio:
      drawn.show("RADIO");
      break;
    case Shape::kSelect:
      drawn.show("SELECT");
      break;
    case Shape::kConsent:
      drawn.show("CONSENT");
      break;
    case Shape::kUsername:
      drawn.show("USERNAME");
      break;
  }
}

std::vector<FieldError> errors_of(const Field& field, const std::vector<FieldError>& errors) {
  std::vector<FieldError> own;
  std::ranges::copy_if(errors, std::back_inserter(own),
                       [&](const FieldError& error) { return error.field == field.id; });
  return own;
}

// All that field.tpl needs.
void fill_in(Data& drawn, const Field& field, std::string_view value,
             const std::vector<FieldError>& own) {
  drawn.set("ID", field.id).set("NAME", field.name).set("PROMPT", field.prompt);
  drawn.set("AUTOCOMPLETE", field.autocomplete);
  if (field.required) drawn.show("REQUIRED");
  if (field.focus) drawn.show("FOCUS");
  set_if_any(drawn, "CLASS", field.css_class);
  set_if_any(drawn, "FORM", field.form);
  set_if_any(drawn, "TYPE", field.type);
  set_if_any(drawn, "INPUTMODE", field.inputmode);
  set_if_any(drawn, "DESCRIBED_BY", description_of(field, !own.empty()));
  if (!field.is_secret()) drawn.set("VALUE", value).show("VALUE");  // shown even if it is empty
  show_help(drawn, field);
  show_choices(drawn, field, value);
  show_errors_of(drawn, own);
  show_shape(drawn, field.shape);
}

bool says_nothing(const Summary& summary) {
  return summary.errors.empty() && summary.text.empty();
}

// All that summary.tpl needs.
void fill_in(Data& shown, const Summary& summary) {
  shown.set("HEADING", summary.heading);
  if (!summary.errors.empty()) {
    Data& list = shown.add("ERRORS");
    for (const FieldError& error : summary.errors) {
      list.add("ERROR").set("FIELD", error.field).set_words("MESSAGE", error.message);
    }
  }
  set_if_any(shown, "TEXT", summary.text);
}

// The open places of a field's mould: its value, then a message for each of its errors.
constexpr std::size_t kValue = 0;
constexpr std::size_t kFirstMessage = 1;

}  // namespace

void show_field(Data& data, std::string_view place, const Field& field, std::string_view value,
                const std::vector<FieldError>& errors) {
  Field shown = field;
  shown.focus = field.focus && errors.empty();  // a page with errors begins at their summary
  fill_in(data.include(place, "field.tpl"), shown, value, errors_of(field, errors));
}

Result<Html> FieldMoulds::draw(const View& view, const Field& field, std::string_view value,
                               const std::vector<FieldError>& errors) {
  const auto chosen = std::ranges::find(field.choices, value, &Choice::value);
  const auto own = errors_of(field, errors);
  const auto mould =
      mould_of(view, field, chosen == field.choices.end() ? nullptr : &*chosen, own.size());
  if (!mould) return mould.error();
  std::vector<Html> values = {field.is_secret() ? Html() : escaped(value)};
  for (const FieldError& error : own) values.push_back(view.html_of_words(error.message));
  return (*mould)->fill(values);
}

Result<const Mould*> FieldMoulds::mould_of(const View& view, const Field& field,
                                           const Choice* chosen, std::size_t errors) {
  const Key key(field.id, field.required, field.focus, field.help.data(), chosen, errors);
  const std::lock_guard lock(mutex_);
  if (const auto found = moulds_.find(key); found != moulds_.end()) return &found->second;
  std::vector<FieldError> own(errors);
  for (std::size_t i = 0; i < errors; ++i) own[i].message = open_place(kFirstMessage + i);
  const std::string any_value = field.choices.empty() ? open_place(kValue) : "";
  Data drawn;
  fill_in(drawn, field, chosen == nullptr ? any_value : chosen->value, own);
  auto mould = view.mould("field.tpl", drawn);
  if (!mould) return mould.error();
  return &moulds_.emplace(key, std::move(*mould)).first->second;
}

void show_summary(Data& data, const Summary& summary) {
  if (!says_nothing(summary)) fill_in(data.include("SUMMARY", "summary.tpl"), summary);
}

Result<Html> draw_summary(const View& view, const Summary& summary) {
  if (says_nothing(summary)) return Html();
  Data shown;
  fill_in(shown, summary);
  return view.html("summary.tpl", shown);
}

void show_possible_errors(Data& data) {
  constexpr auto kSeenByABrowser = std::to_array<std::string_view>(
      {"missing", "too_short", "too_long", "no_upper", "no_lower", "no_digit", "mismatch", "space",
       "character", "no_at", "two_ats", "character_of_domain", "format", "no_dot", "domain"});
  Data& shown = data.include("POSSIBLE_ERRORS", "summary.tpl").set("HEADING", Summary{}.heading);
  Data& list = shown.add("ERRORS");
  for (const Field& field : fields()) {
    for (const auto problem : kSeenByABrowser) {
      const std::string code = std::string(field.name).append("_").append(problem);
      const auto message = std::ranges::find(messages(), code, &Message::code);
      if (message == messages().end()) continue;
      Data& line = list.add("ERROR").set("FIELD", field.id).set("MESSAGE", message->text);
      line.show("PROBLEM").set("PROBLEM", problem);
    }
  }
}

void show_hidden(Data& data, const Form& form) {
  for (const Field& field : fields()) {
    if (!form.has(field.name)) continue;
    data.add("HIDDEN").set("NAME", field.name).set("VALUE", form.get(field.name));
  }
}

}  // namespace portal
