// See application.h. The table first, then what goes through it.
#include "core/registration/application.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <iterator>

#include "core/registration/fields.h"
#include "core/text/text.h"

namespace portal {
namespace {

std::string trimmed(std::string_view value) {
  return std::string(text::trim(value));
}

constexpr auto kJudo = Institution::kJudo;
constexpr auto kAhaki = Institution::kAhaki;
constexpr auto kBoth = std::nullopt;
constexpr auto kAsTyped = nullptr;
constexpr PartOfNumber kNoPart = nullptr;

// clang-format off
constexpr auto kFields = std::to_array<Field>({
    // name, label, institution, normal, rule, part of the number, shown again
    {"family_name", "姓", kBoth, text::tidy, rules::name, kNoPart, true},
    {"given_name", "名", kBoth, text::tidy, rules::name, kNoPart, true},
    {"institution", "所属機関", kBoth, kAsTyped, rules::institution, kNoPart, true},
    {"judo_agreement", "① 入力項目", kJudo, kAsTyped, rules::agreement<kJudo>, &NumberParts::agreement, true},
    {"judo_number", "② 入力項目 (※柔整師番号)", kJudo, text::fold_digits, rules::number<kJudo>, &NumberParts::number, true},
    {"judo_suffix1", "③ 入力項目", kJudo, text::fold_digits, rules::digits<1>, &NumberParts::suffix1, true},
    {"judo_suffix2", "④ 入力項目", kJudo, text::fold_digits, rules::digits<1>, &NumberParts::suffix2, true},
    {"ahaki_number", "① 入力項目(※施術管理者番号)", kAhaki, text::fold_digits, rules::number<kAhaki>, &NumberParts::number, true},
    {"ahaki_suffix1", "② 入力項目", kAhaki, text::fold_digits, rules::digits<1>, &NumberParts::suffix1, true},
    {"ahaki_suffix2", "③ 入力項目", kAhaki, text::fold_digits, rules::digits<1>, &NumberParts::suffix2, true},
    {"phone", "電話番号", kBoth, text::fold_digits, rules::phone, kNoPart, true},
    {"email", "メールアドレス", kBoth, trimmed, rules::email, kNoPart, true},
    {"password", "パスワード", kBoth, kAsTyped, rules::password, kNoPart, false},
    {"password_confirmation", "パスワード（確認用）", kBoth, kAsTyped, rules::confirmation, kNoPart, false},
    {"terms", "利用規約", kBoth, kAsTyped, rules::terms, kNoPart, true},
});
// clang-format on

const Field& field_named(std::string_view name) {
  const auto* const found = std::ranges::find(kFields, name, &Field::name);
  assert(found != kFields.end());
  return *found;
}

void copy_normalised(const Field& field, const Form& form, Form& entered) {
  const auto value = form.get(field.name);
  if (field.normal != nullptr) {
    entered.set(field.name, field.normal(value));
  } else {
    entered.set(field.name, value);
  }
}

// The field's errors; its normalised value goes into `entered`.
std::vector<FieldError> check_field(const Field& field, const Form& form, Form& entered) {
  copy_normalised(field, form, entered);
  std::vector<FieldError> errors;
  for (const auto problem : field.rule(entered.get(field.name), entered)) {
    errors.push_back(field_error(field.name, std::string(field.name).append("_").append(problem)));
  }
  return errors;
}

bool applies(const Field& field, std::optional<Institution> chosen) {
  return !field.institution || field.institution == chosen;
}

// Of a form whose number fields have been normalised. Nothing if one of them is wrong.
std::optional<RegistrationNumber> number_of(Institution institution, const Form& entered) {
  NumberParts parts;
  for (const Field& field : kFields) {
    if (field.institution == institution) parts.*field.part = entered.get(field.name);
  }
  return RegistrationNumber::from_parts(institution, parts);
}

bool has_field_of(Institution institution, const Form& form) {
  return std::ranges::any_of(kFields, [&](const Field& field) {
    return field.institution == institution && form.has(field.name);
  });
}

// `institution`, or without it the only kind whose fields are there.
std::optional<Institution> institution_meant(const Form& form) {
  if (!form.get("institution").empty()) return institution_of(form.get("institution"));
  std::optional<Institution> only;
  for (const ClinicKind& kind : kClinicKinds) {
    if (!has_field_of(kind.institution, form)) continue;
    if (only) return std::nullopt;
    only = kind.institution;
  }
  return only;
}

// One value by the rule of one field, normalised in place; the error is shown at `shown_at`.
std::optional<FieldError> check_one(std::string_view name, std::string_view shown_at,
                                    std::string& value) {
  Form form;
  form.set(name, value);
  Form entered;
  auto errors = check_field(field_named(name), form, entered);
  value = entered.get(name);
  if (errors.empty()) return std::nullopt;
  errors.front().field = shown_at;
  return errors.front();
}

}  // namespace

std::span<const Field> fields() {
  return kFields;
}

Checked check_application(const Form& form) {
  const auto institution = institution_of(form.get("institution"));
  Form entered;
  Checked checked;
  for (const Field& field : kFields) {
    if (!applies(field, institution)) continue;
    std::ranges::move(check_field(field, form, entered), std::back_inserter(checked.errors));
  }
  if (!checked.errors.empty()) return checked;
  checked.application = Application{
      .family_name = std::string(entered.get("family_name")),
      .given_name = std::string(entered.get("given_name")),
      .number = number_of(institution.value(), entered).value(),
      .phone = std::string(entered.get("phone")),
      .email = std::string(entered.get("email")),
      .password = Secret(entered.get("password")),
  };
  return checked;
}

Form entries_of(const Form& form) {
  constexpr std::size_t kMostBytes = 1000;  // an answer must not grow with hostile input
  Form entries;
  for (const Field& field : kFields) {
    if (!field.shown_again || !form.has(field.name)) continue;
    entries.set(field.name, text::cut(form.get(field.name), kMostBytes));
  }
  return entries;
}

Form fields_of(const RegistrationNumber& number) {
  const auto institution = number.institution();
  const auto parts = number.parts();
  Form form;
  form.set("institution", code_of(institution));
  for (const Field& field : kFields) {
    if (field.institution == institution) form.set(field.name, parts.*field.part);
  }
  return form;
}

Form fields_of(const Application& application) {
  Form form = fields_of(application.number);
  form.set("family_name", application.family_name);
  form.set("given_name", application.given_name);
  form.set("phone", application.phone);
  form.set("email", application.email);
  form.set("password", application.password.view());
  return form;
}

// By the same rules: what an older version accepted and this one does not is no application.
std::optional<Application> application_of(const Form& fields) {
  Form form = fields;
  form.set("password_confirmation", fields.get("password"));
  form.set("terms", "agreed");
  return check_application(form).application;
}

CheckedNumber check_number(const Form& form) {
  const auto institution = institution_meant(form);
  if (!institution) {
    const bool missing = form.get("institution").empty();
    return {std::nullopt,
            field_error("institution", missing ? "institution_missing" : "institution_unknown")};
  }
  Form entered;
  for (const Field& field : kFields) {
    if (field.institution != institution) continue;
    auto errors = check_field(field, form, entered);
    if (!errors.empty()) return {std::nullopt, errors.front()};
  }
  return {number_of(*institution, entered), std::nullopt};
}

std::optional<FieldError> check_phone(std::string_view field, std::string& phone) {
  return check_one("phone", field, phone);
}

std::optional<FieldError> check_email(std::string_view field, std::string& email) {
  return check_one("email", field, email);
}

std::vector<FieldError> check_new_password(const Form& form) {
  Form entered;
  auto errors = check_field(field_named("password"), form, entered);
  std::ranges::move(check_field(field_named("password_confirmation"), form, entered),
                    std::back_inserter(errors));
  return errors;
}

std::string email_key(std::string_view email) {
  return text::ascii_lower(email);
}

}  // namespace portal
