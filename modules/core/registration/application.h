// The application: what a person enters at the form, its rules, and what is said when one is
// broken.
//
// Pure: no I/O. The table of fields is in fields.cpp, the rules are in rules.cpp, the messages in
// messages.cpp; contract.md §2 is their source. Precondition of all: the text is valid UTF-8
// without NUL, as Form::decode has made sure of.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/secret.h"
#include "core/form/form.h"
#include "core/registration/applicant.h"
#include "core/registration/password_blocklist.h"
#include "core/registration/registration_number.h"

namespace portal {

// Why a field was refused. `code` names the message (and its answer in the FAQ). A password can
// have several: one for each condition that it does not meet.
struct FieldError {
  std::string field;    // the form field's name; where a group is at fault, its first field
  std::string code;     // "phone_format"
  std::string message;  // Japanese: what is wrong and what to do
};

// What was entered, after normalising; complete and valid except for what only a database knows.
struct Application : Applicant {
  Secret password;
};

// A form that has been read, once for all that a step needs of it.
struct Checked {
  std::optional<Application> application;  // set if and only if errors is empty
  std::vector<FieldError> errors;          // in the order of the form
  // These as far as they are right, whatever else is wrong; else empty. They are normalised.
  std::optional<RegistrationNumber> number;
  std::string phone;
  std::string email;
};

// All errors at once. Fields of the institution that was not chosen are ignored. A whole number in
// the field of its long part is read, if nothing stands in the fields after it. A password of the
// blocklist is refused.
Checked check_application(const Form& form, const PasswordBlocklist& blocklist = {});

// Sorted as the fields stand on the form.
std::vector<FieldError> in_form_order(std::vector<FieldError> errors);

// What was typed, as typed, for the form to show again: the text fields and the institution, of
// both kinds, at most 1000 bytes each; no passwords, no unknown fields.
Form entries_of(const Form& form);

// A form of a clinic of that kind with which nothing is wrong, made of the fields' examples.
Form example_form(Institution institution);

// A number as form fields, with its institution: also the query of a link to the filled-in form.
Form fields_of(const RegistrationNumber& number);

// What an applicant has entered, without the password, as form fields.
Form fields_of(const Applicant& applicant);

// An application as form fields and back: the draft's content. Nothing if a rule is broken; the
// blocklist does not count, as the form has asked it.
Form fields_of(const Application& application);
std::optional<Application> application_of(const Form& form);

// What an application holds besides its password, normalised, of a form that has these fields.
// Nothing if a rule is broken.
std::optional<Form> entries_but_password(const Form& form);

// The number fields alone (contract.md §1, /register/clinic): a number, or the field at fault.
// The kind is `institution`, or without it the one whose fields are there.
struct CheckedNumber {
  std::optional<RegistrationNumber> number;
  std::optional<FieldError> error;
};
CheckedNumber check_number(const Form& form);

// One by one, for the other forms (login, account, password reset).
std::optional<FieldError> check_phone(std::string_view field, std::string& phone);  // normalises it
std::optional<FieldError> check_email(std::string_view field, std::string& email);  // normalises it
// The fields password and password_confirmation, as check_application() does.
std::vector<FieldError> check_new_password(const Form& form,
                                           const PasswordBlocklist& blocklist = {});

// A field's value as it is before it is checked, for forms that check it otherwise: login.
std::string normalised(std::string_view field, std::string_view value);

// The canonical key by which addresses are compared.
std::string email_key(std::string_view email);

// The key of the mailbox that an address most likely reaches: email_key() without a tag, so that
// `taro+1@` and `taro+2@` are one (RFC 5233). Limits count by it; accounts are told apart by
// email_key() alone.
std::string mailbox_key(std::string_view email);

// A message of the table, as an error of that field: those that only a database can find too:
// "not_in_roster", "clinic_taken". `detail` stands in the place of {} in the message.
FieldError field_error(std::string_view field, std::string_view code, std::string_view detail = "");

// Every message the code can produce, for the test that holds them together with the FAQ.
struct Message {
  std::string_view code;
  std::string_view text;
};
std::span<const Message> messages();

}  // namespace portal
