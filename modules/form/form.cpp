#include "form/form.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

#include "core/database/account/accounts.h"
#include "core/database/roster/roster.h"
#include "core/responder/current_draft.h"
#include "core/responder/form_errors.h"
#include "core/responder/note.h"
#include "core/responder/router.h"

namespace portal {
namespace {

constexpr std::string_view kTitle = "ユーザー登録";
constexpr std::string_view kBlankForm = "public, max-age=60";  // the same for everybody

// Fields whose value stands in the template under their name in capitals.
constexpr std::array kTextFields = {
    "family_name",  "given_name",    "judo_number",   "judo_suffix1", "judo_suffix2",
    "ahaki_number", "ahaki_suffix1", "ahaki_suffix2", "phone",        "email"};

// A choice that is shown as made: field, value, section of the template.
struct Choice {
  std::string_view field;
  std::string_view value;
  std::string_view section;
};
constexpr std::array kChoices = {
    Choice{"institution", "judo", "INSTITUTION_JUDO"},
    Choice{"institution", "ahaki", "INSTITUTION_AHAKI"},
    Choice{"judo_agreement", "協", "JUDO_AGREEMENT_KYO"},
    Choice{"judo_agreement", "契", "JUDO_AGREEMENT_KEI"},
    Choice{"terms", "agreed", "TERMS"},
};

// What only the database knows of a number.
struct Standing {
  std::optional<Clinic> clinic;
  bool taken = false;
};

Result<Standing> standing_of(const Site& site, const RegistrationNumber& number) {
  return site.database->read([&](Connection& connection) {
    return Standing{Roster(connection).find(number.text()),
                    Accounts(connection).find_by_number(number.text()).has_value()};
  });
}

void show_entries(Data& data, const Form& entries) {
  for (const std::string_view field : kTextFields) {
    data.set(capitals(field), entries.get(field));
  }
  for (const Choice& choice : kChoices) {
    if (entries.get(choice.field) == choice.value) data.add(choice.section);
  }
}

// The number's own errors come from the rules; these are the roster's and the accounts'.
std::optional<FieldError> objection(const RegistrationNumber& number, const Standing& standing) {
  const std::string field(std::string(code_of(number.institution())).append("_number"));
  if (!standing.clinic) return field_error(field, "not_in_roster");
  if (standing.taken) return field_error(field, "clinic_taken");
  return std::nullopt;
}

// Errors stand in the order of the form: the number's before those of phone and what follows.
void place(std::vector<FieldError>& errors, FieldError error) {
  static const std::set<std::string> kBefore = {"family_name", "given_name", "institution"};
  const auto after = std::find_if(errors.begin(), errors.end(), [](const FieldError& other) {
    return !kBefore.contains(other.field);
  });
  errors.insert(after, std::move(error));
}

// "email_format phone_missing", for the call centre: no values.
std::string codes_of(const std::vector<FieldError>& errors) {
  std::string codes;
  for (const FieldError& error : errors) codes.append(codes.empty() ? "" : " ").append(error.code);
  return codes;
}

// Whose it is, as far as what was entered is right. The answer does not depend on it.
void note_refusal(const Site& site, const Request& request,
                  const std::optional<RegistrationNumber>& number,
                  const std::vector<FieldError>& errors) {
  std::string email(request.form.get("email"));
  std::string phone(request.form.get("phone"));
  const std::string key = check_email("email", email) ? "" : email_key(email);
  if (check_phone("phone", phone)) phone.clear();
  const std::string text = number ? number->text() : "";
  const std::string codes = codes_of(errors);
  note(site, request, {"form_refused", key, text, phone, "", codes});
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
  Response response = show(200, std::move(data), entries, {});
  if (entries.encode().empty()) {
    response.header("Cache-Control", kBlankForm).header("Vary", "Cookie");
  }
  return response;
}

Result<Response> FormStep::post(const Request& request) {
  Checked checked = check_application(request.form);
  const auto number = check_number(request.form).number;
  Data data;
  if (number) {
    const auto standing = standing_of(site_, *number);
    if (!standing) return standing.error();
    if (const auto error = objection(*number, *standing)) {
      place(checked.errors, *error);
      if (!standing->clinic) data.add("WAITING");
    } else {
      data.add("CLINIC").set("NUMBER", number->text()).set("NAME", standing->clinic->name);
    }
  }
  if (!checked.errors.empty()) {
    note_refusal(site_, request, number, checked.errors);
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
  show_entries(data, entries);
  show_errors(data, errors);
  return site_.page(status, "form.tpl", kTitle, std::move(data));
}

std::optional<Response> FormStep::unavailable_page(const Request& request) {
  if (request.method != Method::kPost) return std::nullopt;
  Data data;
  data.add("BUSY");
  return show(503, std::move(data), entries_of(request.form), {});
}

}  // namespace portal
