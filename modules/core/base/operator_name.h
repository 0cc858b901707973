// Who gave an operator's command: the name that the audit keeps.
#pragma once

#include <sys/types.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace portal {

// Whether the audit can have it as a person's: no user's name has a colon (passwd(5)), and the
// audit calls others than operators `web:…`.
bool is_operator_name(std::string_view name);

// What the process and the system say of it.
struct CommandOrigin {
  uid_t effective_user = 0;
  uid_t real_user = 0;
  std::string sudo_user;  // $SUDO_USER: who called sudo; empty: nobody
  std::optional<uid_t>
      login_user;  // of /proc/self/loginuid: who logged in, whatever su and sudo did
};

// The first of these that there is:
//   1. sudo_user, if the command runs as root or as an account of the system, as which nobody logs
//      in: anybody can set the variable, but to become such a user takes an administrator's right.
//      Not "root", which sudo says when root itself calls it;
//   2. the login user: the kernel keeps it, and lets nobody change it without a privilege;
//   3. the user.
// A user without a name is "uid 1234".
std::string operator_name(const CommandOrigin& origin,
                          const std::function<std::optional<std::string>(uid_t)>& name_of_user);

// The same of this process; it is found out once.
const std::string& operator_name();

}  // namespace portal
