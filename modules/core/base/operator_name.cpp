#include "core/base/operator_name.h"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <limits>
#include <vector>

#include "core/text/text.h"

namespace portal {
namespace {

constexpr uid_t kFirstPerson = 1000;  // Debian Policy 9.2.2: accounts of the system are below it
constexpr std::size_t kLongestName = 64;  // characters

// As (uid_t)-1 in /proc/self/loginuid says.
constexpr auto kNobodyLoggedIn = std::numeric_limits<uid_t>::max();

std::optional<std::string> name_in_system(uid_t user) {
  std::vector<char> buffer(16 * 1024);
  passwd entry{};
  passwd* found = nullptr;
  if (getpwuid_r(user, &entry, buffer.data(), buffer.size(), &found) != 0 || found == nullptr) {
    return std::nullopt;
  }
  return std::string(entry.pw_name);
}

CommandOrigin origin_of_process() {
  CommandOrigin origin;
  origin.effective_user = geteuid();
  origin.real_user = getuid();
  if (const char* const name = std::getenv("SUDO_USER")) origin.sudo_user = name;
  uid_t user = kNobodyLoggedIn;
  std::ifstream("/proc/self/loginuid") >> user;
  if (user != kNobodyLoggedIn) origin.login_user = user;
  return origin;
}

}  // namespace

bool is_operator_name(std::string_view name) {
  return text::valid_utf8(name) && !text::blank(name) && !text::has_control(name) &&
         name.find(':') == std::string_view::npos && text::code_points(name) <= kLongestName;
}

std::string operator_name(const CommandOrigin& origin,
                          const std::function<std::optional<std::string>(uid_t)>& name_of_user) {
  if (origin.effective_user < kFirstPerson && is_operator_name(origin.sudo_user) &&
      origin.sudo_user != "root") {
    return origin.sudo_user;
  }
  const uid_t user = origin.login_user.value_or(origin.real_user);
  const auto name = name_of_user(user);
  return name && is_operator_name(*name) ? *name : "uid " + std::to_string(user);
}

const std::string& operator_name() {
  static const std::string name = operator_name(origin_of_process(), name_in_system);
  return name;
}

}  // namespace portal
