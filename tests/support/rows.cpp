#include "support/rows.h"

#include <functional>

#include "core/registration/application.h"

namespace portal {

RegistrationNumber a_number(std::string_view text) {
  if (const auto number = RegistrationNumber::parse(text)) return *number;
  constexpr std::size_t kDigits = 7;
  std::string digits = std::to_string(std::hash<std::string_view>()(text));
  digits.insert(0, kDigits, '0');
  return a_number("契" + digits.substr(digits.size() - kDigits) + "-0-0");
}

Clinic a_clinic(std::string_view number, std::string_view name, std::string_view address,
                std::string_view phone) {
  return {{.name = std::string(name), .address = std::string(address), .phone = std::string(phone)},
          a_number(number)};
}

Registration a_registration(std::string_view id) {
  Registration registration{{.family_name = "髙﨑",
                             .given_name = "花子",
                             .number = a_number("契0123456-7-8"),
                             .phone = "0312345678",
                             .email = "Hanako@example.jp"}};
  registration.id = id;
  registration.draft_id = "draft-" + registration.id;
  registration.signup_hash = "signup-" + registration.id;
  registration.email_key = "hanako@example.jp";
  registration.password_hash = "$argon2id$";
  registration.created_at = 1000;
  registration.expires_at = 2000;
  return registration;
}

OutboxRow a_mail(std::string_view id, std::string_view registration_id) {
  return {.id = std::string(id),
          .kind = "activation",
          .registration_id = std::string(registration_id),
          .recipient = "hanako@example.jp",
          .created_at = 1000,
          .next_attempt_at = 1000,
          .attempts = 0};
}

Account an_account(std::string_view id, std::string_view email, std::string_view number) {
  Account account;
  account.id = id;
  account.family_name = "髙﨑";
  account.given_name = "花子";
  account.number = a_number(number);
  account.phone = "0312345678";
  account.email = email;
  account.email_key = email_key(email);
  account.password_hash = "$argon2id$";
  account.created_at = 1000;
  return account;
}

}  // namespace portal
