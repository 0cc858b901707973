// See application.h.
#include "core/registration/application.h"

#include <algorithm>
#include <iterator>

#include "core/registration/fields.h"
#include "core/text/text.h"

namespace portal {
namespace {

// Everybody fills in the field, or who has a clinic of that kind does.
bool applies(const Field& field, std::optional<Institution> institution) {
  return !field.institution || field.institution == institution;
}

// The parts of each number that stands whole in the field of its long part, the digits after it
// left out. (Scripts put it into its fields while one types.)
Form parts_of_whole_numbers(const Form& form) {
  Form parts;
  for (const ClinicKind& kind : kClinicKinds) {
    std::string agreement;
    std::string whole;
    std::string rest;
    for (const Field& field : fields()) {
      if (field.institution != kind.institution) continue;
      const bool is_agreement = field.part == &NumberParts::agreement;
      const bool is_number = field.part == &NumberParts::number;
      (is_agreement ? agreement : is_number ? whole : rest).append(form.get(field.name));
    }
    if (!rest.empty()) continue;
    auto number = RegistrationNumber::find_in(whole);
    if (!number) number = RegistrationNumber::find_in(agreement + whole);
    if (!number || number->institution() != kind.institution) continue;
    for (const Field& field : fields()) {
      if (field.institution == kind.institution) parts.set(field.name, number->parts().*field.part);
    }
  }
  return parts;
}

// A form while it is read, field by field in the form's order: a rule may look at the fields
// before.
class Reader {
 public:
  // Both outlive the reader.
  Reader(const Form& form, const PasswordBlocklist& blocklist)
      : form_(form), whole_(parts_of_whole_numbers(form)), blocklist_(blocklist) {}

  // Takes the field's value, normalised; says what is wrong with it.
  std::vector<FieldError> take(const Field& field) {
    const auto value = (whole_.has(field.name) ? whole_ : form_).get(field.name);
    if (field.normal != nullptr) {
      taken_.set(field.name, field.normal(value));
    } else {
      taken_.set(field.name, value);
    }
    std::vector<FieldError> errors;
    for (const auto& problem : field.rule(taken_.get(field.name), {taken_, blocklist_})) {
      errors.push_back(field_error(
          field.name, std::string(field.name).append("_").append(problem.code), problem.detail));
    }
    return errors;
  }

  const Form& taken() const { return taken_; }
  std::string value(std::string_view name) const { return std::string(taken_.get(name)); }

  // Nothing if a part of it is wrong.
  std::optional<RegistrationNumber> number(Institution institution) const {
    NumberParts parts;
    for (const Field& field : fields()) {
      if (field.institution == institution) parts.*field.part = taken_.get(field.name);
    }
    return RegistrationNumber::from_parts(institution, parts);
  }

  // Precondition: nothing is wrong.
  Application application(const RegistrationNumber& number) const {
    Application application = {{.number = number}, Secret(taken_.get("password"))};
    for (const Field& field : fields()) {
      if (field.stored != nullptr) application.*field.stored = taken_.get(field.name);
    }
    return application;
  }

 private:
  const Form& form_;
  const Form whole_;
  const PasswordBlocklist& blocklist_;
  Form taken_;
};

// For what chooses no password.
const PasswordBlocklist kNoBlocklist;

bool has_field_of(Institution institution, const Form& form) {
  return std::ranges::any_of(fields(), [&](const Field& field) {
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

bool is_right(std::string_view field, const std::vector<FieldError>& errors) {
  return std::ranges::find(errors, field, &FieldError::field) == errors.end();
}

// One value by the rule of one field, normalised in place; the error is shown at `shown_at`.
std::optional<FieldError> check_one(std::string_view name, std::string_view shown_at,
                                    std::string& value) {
  Form form;
  form.set(name, value);
  Reader reader(form, kNoBlocklist);
  auto errors = reader.take(field_named(name));
  value = reader.value(name);
  if (errors.empty()) return std::nullopt;
  errors.front().field = shown_at;
  return errors.front();
}

enum class Secrets { kTaken, kLeft };

// Takes what an application of that kind holds. False if a rule is broken.
bool take_application(Reader& reader, Institution institution, Secrets secrets) {
  return std::ranges::all_of(fields(), [&](const Field& field) {
    const bool is_left = field.is_secret() && secrets == Secrets::kLeft;
    if (!field.of_application || is_left || !applies(field, institution)) return true;
    return reader.take(field).empty();
  });
}

}  // namespace

Checked check_application(const Form& form, const PasswordBlocklist& blocklist) {
  const auto chosen = institution_of(form.get("institution"));
  const auto meant = institution_meant(form);
  Reader reader(form, blocklist);
  Checked checked;
  for (const Field& field : fields()) {
    if (!applies(field, meant)) continue;
    auto errors = reader.take(field);
    // Who has not chosen a kind is asked to choose, and nothing else yet.
    if (applies(field, chosen)) std::ranges::move(errors, std::back_inserter(checked.errors));
  }
  if (meant) checked.number = reader.number(*meant);
  if (is_right("phone", checked.errors)) checked.phone = reader.value("phone");
  if (is_right("email", checked.errors)) checked.email = reader.value("email");
  if (checked.errors.empty()) checked.application = reader.application(checked.number.value());
  return checked;
}

std::vector<FieldError> in_form_order(std::vector<FieldError> errors) {
  std::ranges::stable_sort(errors, {}, [](const FieldError& error) {
    return std::ranges::find(fields(), error.field, &Field::name) - fields().begin();
  });
  return errors;
}

Form entries_of(const Form& form) {
  constexpr std::size_t kMostBytes = 1000;  // an answer must not grow with hostile input
  Form entries;
  for (const Field& field : fields()) {
    if (field.is_secret() || !form.has(field.name)) continue;
    entries.set(field.name, text::cut(form.get(field.name), kMostBytes));
  }
  return entries;
}

Form example_form(Institution institution) {
  const ClinicKind& kind = kind_of(institution);
  Form form;
  for (const Field& field : fields()) {
    if (!applies(field, institution)) continue;
    const bool chosen = field.example.empty() && !field.choices.empty();
    form.set(field.name, chosen ? field.choices.front().value : field.example);
    if (field.part != nullptr) form.set(field.name, kind.example.*field.part);
  }
  form.set("institution", kind.code);
  return form;
}

Form fields_of(const RegistrationNumber& number) {
  const auto institution = number.institution();
  const auto parts = number.parts();
  Form form;
  form.set("institution", code_of(institution));
  for (const Field& field : fields()) {
    if (field.institution == institution) form.set(field.name, parts.*field.part);
  }
  return form;
}

Form fields_of(const Applicant& applicant) {
  Form form = fields_of(applicant.number);
  for (const Field& field : fields()) {
    if (field.stored != nullptr) form.set(field.name, applicant.*field.stored);
  }
  return form;
}

Form fields_of(const Application& application) {
  Form form = fields_of(static_cast<const Applicant&>(application));
  form.set("password", application.password.view());
  return form;
}

// By the same rules: what an older version accepted and this one does not is no application.
std::optional<Application> application_of(const Form& form) {
  const auto institution = institution_of(form.get("institution"));
  if (!institution) return std::nullopt;
  Reader reader(form, kNoBlocklist);
  if (!take_application(reader, *institution, Secrets::kTaken)) return std::nullopt;
  return reader.application(reader.number(*institution).value());
}

std::optional<Form> entries_but_password(const Form& form) {
  const auto institution = institution_of(form.get("institution"));
  if (!institution) return std::nullopt;
  Reader reader(form, kNoBlocklist);
  if (!take_application(reader, *institution, Secrets::kLeft)) return std::nullopt;
  return reader.taken();
}

CheckedNumber check_number(const Form& form) {
  const auto institution = institution_meant(form);
  if (!institution) {
    const bool missing = form.get("institution").empty();
    return {std::nullopt,
            field_error("institution", missing ? "institution_missing" : "institution_unknown")};
  }
  Reader reader(form, kNoBlocklist);
  for (const Field& field : fields()) {
    if (field.institution != institution) continue;
    auto errors = reader.take(field);
    if (!errors.empty()) return {std::nullopt, errors.front()};
  }
  return {reader.number(*institution), std::nullopt};
}

std::optional<FieldError> check_phone(std::string_view field, std::string& phone) {
  return check_one("phone", field, phone);
}

std::optional<FieldError> check_email(std::string_view field, std::string& email) {
  return check_one("email", field, email);
}

std::vector<FieldError> check_new_password(const Form& form, const PasswordBlocklist& blocklist) {
  Reader reader(form, blocklist);
  auto errors = reader.take(field_named("password"));
  std::ranges::move(reader.take(field_named("password_confirmation")), std::back_inserter(errors));
  return errors;
}

std::string normalised(std::string_view field, std::string_view value) {
  const auto normal = field_named(field).normal;
  return normal == nullptr ? std::string(value) : normal(value);
}

std::string email_key(std::string_view email) {
  return text::ascii_lower(email);
}

std::string mailbox_key(std::string_view email) {
  std::string key = email_key(email);
  const auto at = key.rfind('@');
  const auto tag = key.find('+');
  // A tag without a name before it is a name.
  if (at != std::string::npos && tag > 0 && tag < at) key.erase(tag, at - tag);
  return key;
}

}  // namespace portal
