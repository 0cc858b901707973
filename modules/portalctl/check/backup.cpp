// The probe of the age of the newest backup.
#include "portalctl/check/backup.h"

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "core/database/database.h"
#include "core/database/schema/inspection.h"
#include "portalctl/check/probe.h"
#include "portalctl/check/site_url.h"
#include "portalctl/listing.h"

namespace portalctl {
namespace {

namespace fs = std::filesystem;

// It prints the right command for PostgreSQL.
std::string command(const std::string& folder) {
  return "portalctl backup " + folder + "/portal-$(date +%F).db";
}

// A portal that was installed today has none yet.
bool is_new(const Subject& subject) {
  portal::Database database(subject.settings, portal::Durability::kFull, 1, subject.patience);
  const auto made = database.read(portal::made_at);
  const auto most = subject.settings.number("backup.most_hours") * portal::kHour;
  return !made || database.now() - *made <= most;
}

Finding none(const Subject& subject, const std::string& folder, const std::string& what) {
  const std::string text = what + ": a lost disk would lose every registration: see backup.md";
  // Backups of PostgreSQL are made on one of the machines, or on the server's.
  if (subject.postgresql() || SiteUrl(subject.settings).loopback() || is_new(subject)) {
    return warning(text + "; if they are made elsewhere, empty backup.directory", command(folder));
  }
  return fault(text, command(folder));
}

}  // namespace

portal::Result<std::optional<NewestBackup>> newest_backup(const portal::Settings& settings) {
  const std::string& folder = settings.text("backup.directory");
  std::error_code error;
  std::optional<NewestBackup> newest;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    struct stat status = {};
    const std::string file = entry->path();
    // What a backup that was ended has left behind is none.
    const bool whole = entry->path().filename().string().find(".partial-") == std::string::npos;
    if (!whole || stat(file.c_str(), &status) != 0) continue;
    if (!S_ISREG(status.st_mode) || status.st_size == 0) continue;
    if (!newest || status.st_mtime > newest->made) newest = NewestBackup{file, status.st_mtime};
  }
  if (error.value() == ENOENT) return portal::not_found(folder + " is not there");
  if (error) return portal::unavailable(folder + ": " + error.message());
  return newest;
}

Findings probe_backup(const Subject& subject) {
  const std::string& folder = subject.settings.text("backup.directory");
  if (folder.empty()) return {not_applicable("backup.directory is empty: they are made elsewhere")};
  const auto newest = newest_backup(subject.settings);
  if (!newest && newest.error().kind == portal::Error::Kind::kUnavailable) {
    return {unknown(newest.error().message, "portalctl check, as root")};
  }
  if (!newest) return {none(subject, folder, "no backup was made: " + newest.error().message)};
  if (!*newest) return {none(subject, folder, "no backup is in " + folder)};
  const auto seconds = portal::system_now() - (*newest)->made;
  const auto most = subject.settings.number("backup.most_hours") * portal::kHour;
  const std::string text =
      (*newest)->file + " is " + age(std::max<portal::EpochSeconds>(seconds, 0)) + " old";
  if (seconds <= most) return {ok(text)};
  return {
      fault("the newest backup, " + text + ", more than backup.most_hours: see why none is made",
            "systemctl status portal-backup.timer portal-backup.service")};
}

}  // namespace portalctl
