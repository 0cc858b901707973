#include "portalctl/check/subject.h"

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "portalctl/sql_directory.h"

namespace portalctl {
namespace {

std::string name_of(uid_t id) {
  const passwd* user = getpwuid(id);
  return user == nullptr ? "" : user->pw_name;
}

// The user as whom the programs run. With SQLite it is the owner of the database. With PostgreSQL
// it is the user who is named like the group of the settings, which is how the package installs
// them; otherwise the user who asks.
std::string programs_user(const portal::Settings& settings, const std::string& path) {
  struct stat status = {};
  if (settings.text("database.connector") == "SQLite") {
    const bool there = stat(settings.text("database.connection").c_str(), &status) == 0;
    return name_of(there ? status.st_uid : geteuid());
  }
  const group* readers = stat(path.c_str(), &status) == 0 ? getgrgid(status.st_gid) : nullptr;
  const bool theirs = readers != nullptr && getpwnam(readers->gr_name) != nullptr;
  return geteuid() == 0 && theirs ? readers->gr_name : name_of(geteuid());
}

// The mailer has a user of its own if conf/systemd/sysusers.conf has made the users.
std::string mailer_user(const std::string& programs) {
  constexpr auto kMailer = "portal-mailer";
  return programs == "portal" && getpwnam(kMailer) != nullptr ? kMailer : programs;
}

bool is_folder(const std::string& path) {
  struct stat status = {};
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

std::string or_else(const std::string& option, const std::string& usual) {
  return option.empty() ? usual : option;
}

}  // namespace

Subject subject_of(const portal::Settings& settings, const std::string& path, const Named& named,
                   std::chrono::milliseconds patience) {
  const std::string user = or_else(named.user, programs_user(settings, path));
  const std::string sockets = or_else(named.sockets, "/run/portal");
  return {.settings = settings,
          .settings_path = path,
          .sql_directory = sql_directory(named.sql_directory),
          .user = user,
          .mailer = or_else(named.user, mailer_user(user)),
          .web_user = or_else(named.web_user, "www-data"),
          .web_user_named = !named.web_user.empty(),
          .root = geteuid() == 0,
          .stopped = named.stopped,
          .sockets = sockets,
          .sockets_named = !named.sockets.empty(),
          .sockets_there = is_folder(sockets),
          .resolver = named.resolver,
          .dkim_selector = named.dkim_selector,
          .patience = patience};
}

}  // namespace portalctl
