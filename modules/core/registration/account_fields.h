// The fields of the other forms: login, password, own page, waiting list. What they ask for and how
// they are drawn; the steps say which rules hold.
#pragma once

#include "core/registration/fields.h"

namespace portal::account_fields {

// The address that names an account.
inline constexpr Field login_email = {.name = "email",
                                      .label = "メールアドレス",
                                      .type = "email",
                                      .autocomplete = "username",
                                      .css_class = "wide"};

// The password that somebody has.
inline constexpr Field login_password = {.name = "password",
                                         .label = "パスワード",
                                         .type = "password",
                                         .autocomplete = "current-password",
                                         .css_class = "wide"};

// Whose password is asked for, where nobody has to enter an address.
inline constexpr Field username = {.name = "username",
                                   .label = "メールアドレス",
                                   .shape = Shape::kUsername,
                                   .autocomplete = "username",
                                   .css_class = "unseen"};

inline constexpr Field new_phone = {
    .name = "phone",
    .label = "新しい電話番号",
    .type = "tel",
    .autocomplete = "tel",
    .help = "半角数字をご入力ください（ハイフン無し）。例）01201234567"};

inline constexpr Field new_email = {.name = "email",
                                    .label = "新しいメールアドレス",
                                    .type = "email",
                                    .autocomplete = "email",
                                    .css_class = "wide"};

inline constexpr Field new_password = {.name = "password",
                                       .label = "新しいパスワード",
                                       .type = "password",
                                       .autocomplete = "new-password",
                                       .css_class = "wide",
                                       .help = kPasswordPolicyHelp,
                                       .help_items = kPasswordPolicy};

inline constexpr Field new_password_confirmation = {.name = "password_confirmation",
                                                    .label = "新しいパスワード（確認用）",
                                                    .type = "password",
                                                    .autocomplete = "new-password",
                                                    .css_class = "wide"};

// Every form of the own page asks for it, each with an id of its own: current_password_ACTION.
constexpr Field current_password(std::string_view id) {
  return {.name = "current_password",
          .label = "現在のパスワード",
          .type = "password",
          .autocomplete = "current-password",
          .css_class = "wide",
          .id = id};
}

// Which login is to end; the page fills in the choices.
inline constexpr Field session = {
    .name = "session", .label = "終了するログイン", .shape = Shape::kRadio};

// Where to write when a clinic is in the roster: on a page of its own, and on the registration
// form, where it belongs to another form.
inline constexpr Field waiting_email = {.name = "email",
                                        .label = "メールアドレス",
                                        .type = "email",
                                        .autocomplete = "email",
                                        .css_class = "wide"};

inline constexpr Field waiting_email_beside = {.name = "email",
                                               .label = "お知らせ先のメールアドレス",
                                               .type = "email",
                                               .autocomplete = "email",
                                               .css_class = "wide",
                                               .required = false,
                                               .id = "waiting_email",
                                               .form = "waiting"};

}  // namespace portal::account_fields
