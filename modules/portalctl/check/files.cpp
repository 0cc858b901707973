// Probes of files: who may read and write the settings, password files, the SQLite database, the
// Maildir and the templates.
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <system_error>
#include <vector>

#include "core/base/system_error.h"
#include "portalctl/check/probe.h"
#include "portalctl/connection_words.h"

namespace portalctl {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kOthers = S_IRWXO;
constexpr mode_t kGroupAndOthers = S_IRWXG | S_IRWXO;
constexpr mode_t kWritableByOthers = S_IWGRP | S_IWOTH;

using Status = struct stat;

std::optional<Status> status_of(const std::string& path) {
  Status status = {};
  if (stat(path.c_str(), &status) != 0) return std::nullopt;
  return status;
}

std::string user_of(uid_t id) {
  const passwd* user = getpwuid(id);
  return user == nullptr ? std::to_string(id) : user->pw_name;
}

std::string octal(mode_t mode) {
  std::string digits;
  for (unsigned bits = mode & 07777U; bits != 0 || digits.size() < 3; bits >>= 3U) {
    digits.insert(digits.begin(), static_cast<char>('0' + (bits & 7U)));
  }
  return digits;
}

std::string described(const std::string& path, const Status& status) {
  return path + " (" + user_of(status.st_uid) + ", mode " + octal(status.st_mode) + ")";
}

// A fault if any bit of `forbidden` is set.
void expect_closed(const std::string& path, mode_t forbidden, const std::string& what,
                   Findings& findings) {
  const auto status = status_of(path);
  if (!status || (status->st_mode & forbidden) == 0) return;
  const std::string right = octal(status->st_mode & ~forbidden);
  findings.push_back(
      fault(described(path, *status) + ": " + what + ": `chmod " + right + " " + path + "`"));
}

void look_at_settings(const Subject& subject, Findings& findings) {
  expect_closed(subject.settings_path, kWritableByOthers,
                "others may change the settings, and with them the portal", findings);
}

void look_at_secret(const std::string& name, const std::string& path, mode_t forbidden,
                    Findings& findings) {
  if (path.empty()) return;
  // Another user's files cannot be looked at, unless root looks.
  if (!status_of(path) && errno != EACCES && !is_credential(path)) {
    findings.push_back(fault(name + " = " + path + ": " + portal::system_error()));
  }
  expect_closed(path, forbidden, "others may read the password", findings);
}

void look_at_passwords(const Subject& subject, Findings& findings) {
  if (subject.smtp()) {
    look_at_secret("mail.smtp.password_file", subject.settings.text("mail.smtp.password_file"),
                   kOthers, findings);
  }
  if (!subject.postgresql()) return;
  const ConnectionWords words(subject.settings.text("database.connection"));
  if (words.has("password")) {
    findings.push_back(
        fault("database.connection has a password in it, which every program shows "
              "that shows the settings: passfile=FILE in its place"));
  }
  // libpq refuses to read a password file that its group may read.
  const char* named = std::getenv("PGPASSFILE");
  look_at_secret("passfile", words.get("passfile"), kGroupAndOthers, findings);
  if (!words.has("passfile") && named != nullptr) {
    look_at_secret("PGPASSFILE", named, kGroupAndOthers, findings);
  }
}

void look_at_sqlite(const Subject& subject, Findings& findings) {
  if (subject.postgresql()) return;
  const std::string file = fs::absolute(subject.settings.text("database.connection"));
  const auto database = status_of(file);
  if (!database) return;  // the probe of the database says so
  expect_closed(file, kOthers, "others may read what people entered", findings);
  const std::string folder = fs::path(file).parent_path();
  expect_closed(folder, S_IWOTH, "others may replace the database", findings);
  for (const char* suffix : {"-wal", "-shm"}) {
    const auto beside = status_of(file + suffix);
    if (!beside) continue;
    expect_closed(file + suffix, kOthers, "others may read what people entered", findings);
    // The portal's programs may have users of their own, and share by the group (tmpfiles.conf).
    const bool shared = beside->st_gid == database->st_gid && (beside->st_mode & S_IWGRP) != 0;
    if (beside->st_uid != database->st_uid && !shared) {
      findings.push_back(fault(described(file + suffix, *beside) +
                               " was left behind by another user than the database's, " +
                               user_of(database->st_uid) + ": `chown --reference=" + file + " " +
                               file + suffix + "`"));
    }
  }
}

void look_at_maildir(const Subject& subject, Findings& findings) {
  if (subject.smtp()) return;
  expect_closed(subject.settings.text("mail.maildir"), kOthers,
                "others may read the mails, and with them activate", findings);
}

// Whether the user may write to what has that status, by its bits.
bool may_write(const passwd& user, const Status& status) {
  if (user.pw_uid == status.st_uid) return (status.st_mode & S_IWUSR) != 0;
  int count = 0;
  getgrouplist(user.pw_name, user.pw_gid, nullptr, &count);
  std::vector<gid_t> groups(static_cast<std::size_t>(count));
  getgrouplist(user.pw_name, user.pw_gid, groups.data(), &count);
  const bool member = std::find(groups.begin(), groups.end(), status.st_gid) != groups.end();
  return (status.st_mode & (member ? S_IWGRP : S_IWOTH)) != 0;
}

}  // namespace

Findings probe_files(const Subject& subject) {
  Findings findings;
  for (const auto look : {look_at_settings, look_at_passwords, look_at_sqlite, look_at_maildir}) {
    look(subject, findings);
  }
  if (findings.empty()) findings.push_back(ok("nobody else can read or change them"));
  return findings;
}

Findings probe_templates_closed(const Subject& subject) {
  const std::string& folder = subject.settings.text("templates.directory");
  const passwd* user = getpwnam(subject.user.c_str());
  if (user == nullptr) return {fault("there is no user " + subject.user + ": name it with --user")};
  Findings findings;
  bool theirs = false;
  const auto look = [&](const std::string& path) {
    const auto status = status_of(path);
    if (!status) return;
    if ((status->st_mode & S_IWOTH) != 0) {
      expect_closed(path, S_IWOTH, "everybody may change what users see", findings);
    }
    theirs = theirs || may_write(*user, *status);
  };
  look(folder);
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    look(entry->path());
  }
  if (error) return {fault("templates.directory = " + folder + ": " + error.message())};
  if (user->pw_uid == 0) {
    findings.push_back(
        warning("the programs run as root: a fault in one of them would be one of the "
                "whole machine: a user of their own"));
  } else if (theirs) {
    findings.push_back(warning(subject.user + ", as whom the programs run, may change " + folder +
                               ": a fault in one of them could change what users see: `chown -R "
                               "root: " +
                               folder + "`"));
  }
  if (findings.empty()) findings.push_back(ok(folder + ": " + subject.user + " only reads it"));
  return findings;
}

}  // namespace portalctl
