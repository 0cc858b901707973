#include "support/rows.h"

#include "core/registration/application.h"

namespace portal {

Registration a_registration(std::string_view id) {
  const std::string text(id);
  return {.id = text,
          .draft_id = "draft-" + text,
          .signup_hash = "signup-" + text,
          .family_name = "髙﨑",
          .given_name = "花子",
          .number = "契0123456-7-8",
          .phone = "0312345678",
          .email = "Hanako@example.jp",
          .email_key = "hanako@example.jp",
          .password_hash = "$argon2id$",
          .created_at = 1000,
          .expires_at = 2000,
          .activated_at = 0};
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
  account.number = number;
  account.phone = "0312345678";
  account.email = email;
  account.email_key = email_key(email);
  account.password_hash = "$argon2id$";
  account.created_at = 1000;
  return account;
}

}  // namespace portal
