// What is done to an account.
#pragma once

#include <string_view>

#include "core/actions/hindrance.h"
#include "core/actions/instruction.h"
#include "core/base/clock.h"
#include "core/base/settings.h"

namespace portal {

class Connection;

// Ends all sessions of the account, and lets it log in no more until it is enabled.
Outcome disable_account(Connection& connection, std::string_view id, const Instruction& by);
Outcome enable_account(Connection& connection, std::string_view id, const Instruction& by);

// Until when somebody who tries to log in has to wait, because of wrong passwords: in one browser
// or network, or in each that the account does not know. 0: nobody has to.
EpochSeconds login_pause(Connection& connection, std::string_view id, EpochSeconds now);

// Ends the pauses that wrong passwords have led to, from everywhere.
Outcome unlock_account(Connection& connection, std::string_view id, const Instruction& by);

// Ends all logins; who knows the password can log in again.
Outcome end_sessions(Connection& connection, std::string_view id, const Instruction& by);

// Removes the account, so that its clinic can be registered again. Its owner gets a mail; so does
// `rightful`, an address that may be empty, with a link to the form.
Outcome release_account(Connection& connection, std::string_view id, std::string_view rightful,
                        const Instruction& by);

}  // namespace portal
