// Rows that tests put into a database. Each is complete; a test changes what it is about.
#pragma once

#include <string_view>

#include "core/database/tables.h"

namespace portal {

// The number that the text is, in any writing. A text that is none, such as an id, gets a number of
// its own: the same for the same text.
RegistrationNumber a_number(std::string_view text);

Clinic a_clinic(std::string_view number, std::string_view name, std::string_view address = "",
                std::string_view phone = "");

// Of 髙﨑 花子, Hanako@example.jp, at the clinic 契0123456-7-8; it was made at 1000 and ends at
// 2000.
Registration a_registration(std::string_view id);

// The mail with the link for it.
OutboxRow a_mail(std::string_view id, std::string_view registration_id);

// Of 髙﨑 花子, made at 1000. Its password hash is no password's: nobody can log in.
Account an_account(std::string_view id, std::string_view email = "Hanako@example.jp",
                   std::string_view number = "契0123456-7-8");

}  // namespace portal
