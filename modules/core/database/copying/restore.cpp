#include "core/database/copying/restore.h"

#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "core/base/new_file.h"
#include "core/base/system_error.h"
#include "core/database/copying/backup.h"
#include "core/database/copying/private/sqlite_handle.h"
#include "core/database/engine/sqlite_log.h"

namespace portal {
namespace {

namespace fs = std::filesystem;

// Owner and group, where the folder's group shares the files in it (conf/systemd/tmpfiles.conf).
constexpr mode_t kSharedMode = 0660;
constexpr mode_t kOwnMode = 0600;

constexpr const char* kCopy = ".restoring";

Error why(const std::string& path) {
  return unavailable(path + ": " + system_error());
}

Error in_use(const std::string& database, const std::vector<std::string>& programs) {
  std::string who;
  for (const std::string& program : programs) who.append(who.empty() ? "" : ", ").append(program);
  return refused(database + " is in use: " + (who.empty() ? "a program has locked it" : who) +
                 ": stop all programs first (systemctl stop portal.target portal-mailer.service)");
}

// What may lie beside a database and be no log of it.
constexpr const char* kNotItsOwn = ".not-its-own";

// "portal.db.before-restore-20260401T033000Z", or with a number where that is taken.
std::string name_to_keep(const std::string& database) {
  const std::string name = database + ".before-restore-" +
                           Poco::DateTimeFormatter::format(Poco::Timestamp(), "%Y%m%dT%H%M%SZ");
  const auto taken = [](const std::string& path) {
    std::error_code unknown;
    for (const std::string& each : {path, path + "-wal", path + kNotItsOwn + "-wal"}) {
      if (fs::exists(fs::symlink_status(each, unknown))) return true;
    }
    return false;
  };
  for (int number = 1;; ++number) {
    const std::string path = number == 1 ? name : name + "-" + std::to_string(number);
    if (!taken(path)) return path;
  }
}

Result<Done> move_if_there(const std::string& from, const std::string& to) {
  if (rename(from.c_str(), to.c_str()) == 0 || errno == ENOENT) return Done{};
  return why(from);
}

// Writes the old log back into the old database, so that this is one file, and keeps everybody out
// as long as the session lives. Nothing: the old database is damaged, or the log is another's.
// Error: kRefused, it is in use.
Result<std::optional<SqliteHandle>> fold(const std::string& database) {
  if (judge_log(database) == SqliteLog::kForeign) return std::optional<SqliteHandle>();
  auto opened = open_sqlite(database);
  if (!opened) return std::optional<SqliteHandle>();
  sqlite3_busy_timeout(opened->get(), 0);
  for (const char* sql :
       {"PRAGMA locking_mode = EXCLUSIVE", "PRAGMA journal_mode = DELETE", "BEGIN EXCLUSIVE"}) {
    if (execute(database, opened->get(), sql)) continue;
    if (sqlite3_errcode(opened->get()) == SQLITE_BUSY) {
      return in_use(database, programs_with_open(database));
    }
    return std::optional<SqliteHandle>();
  }
  std::error_code unknown;
  if (fs::exists(database + "-wal", unknown)) return std::optional<SqliteHandle>();
  fs::remove(database + "-journal", unknown);  // in this mode SQLite leaves one, which says nothing
  return std::optional<SqliteHandle>(std::move(*opened));
}

// A lock that keeps SQLite's sessions out, where SQLite itself cannot open the file.
Result<Descriptor> shut_out(const std::string& database) {
  Descriptor file(open(database.c_str(), O_RDWR | O_CLOEXEC));
  if (!file) return why(database);
  struct flock range = {};
  range.l_type = F_WRLCK;
  range.l_whence = SEEK_SET;
  if (fcntl(file.get(), F_OFD_SETLK, &range) != 0) {
    return in_use(database, programs_with_open(database));
  }
  return file;
}

bool is_portals(const std::string& copy) {
  auto opened = open_sqlite(copy);
  if (!opened) return false;
  const auto found =
      texts(copy, opened->get(), "SELECT name FROM sqlite_master WHERE name = 'schema_migration'");
  return found && found->size() == 1;
}

void remove_left(const std::string& copy) {
  const fs::path folder = fs::path(copy).parent_path();
  std::error_code unknown;
  for (const auto& entry : fs::directory_iterator(folder, unknown)) {
    if (entry.path().string().starts_with(copy)) fs::remove(entry.path(), unknown);
  }
}

}  // namespace

Restore::Restore(std::string database, Descriptor folder)
    : database_(std::move(database)), copy_(database_ + kCopy), folder_(std::move(folder)) {}

Restore::~Restore() {
  if (folder_) remove_left(copy_);
}

Result<Restore> Restore::begin(const std::string& database, const std::string& file,
                               const std::function<void(std::int64_t, std::int64_t)>& progress) {
  std::error_code error;
  if (!fs::exists(file, error)) return refused(file + " is not there");
  if (fs::equivalent(file, database, error)) return refused(file + " is the database itself");
  if (judge_log(file) == SqliteLog::kForeign) {
    return refused(file + "-wal belongs to another database than " + file +
                   ": move one of them away, or take another backup");
  }
  const std::string folder = fs::path(database).parent_path();
  Descriptor locked(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!locked) return why(folder);
  if (flock(locked.get(), LOCK_EX | LOCK_NB) != 0) {
    return refused(folder + ": another restore runs there");
  }
  if (const auto programs = programs_with_open(database); !programs.empty()) {
    return in_use(database, programs);
  }
  if (file.starts_with(database + kCopy)) {
    return refused(file + " was left by a restore that was killed: name the backup");
  }
  Restore restore(database, std::move(locked));
  remove_left(restore.copy_);
  if (const auto made = back_up(file, restore.copy_, progress); !made) return made.error();
  if (!is_portals(restore.copy_)) return refused(file + " is no database of the portal");
  return restore;
}

// Where this user may not give the file to its owner, the group's rights must do.
Result<Done> Restore::give_owner() const {
  struct stat old = {};
  const bool exists = stat(database_.c_str(), &old) == 0;
  if (!exists) {
    if (fstat(folder_.get(), &old) != 0) return why(database_);
    const bool shared = (old.st_mode & S_ISGID) != 0 && (old.st_mode & S_IWGRP) != 0;
    old.st_mode = shared ? kSharedMode : kOwnMode;
  }
  const mode_t mode = old.st_mode & 0777;
  const bool by_group = (mode & kSharedMode) == kSharedMode;
  const bool given = chown(copy_.c_str(), old.st_uid, old.st_gid) == 0 ||
                     (by_group && chown(copy_.c_str(), getuid(), old.st_gid) == 0);
  if (!given || chmod(copy_.c_str(), mode) != 0) {
    return unavailable(copy_ + ": " + system_error() +
                       ": it cannot be given to the owner of the database: run this as root");
  }
  return Done{};
}

Result<std::string> Restore::finish() {
  if (const auto done = give_owner(); !done) return done.error();
  const Descriptor file(open(copy_.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file || fsync(file.get()) != 0) return why(copy_);
  auto kept = replace();
  if (!kept) return kept;
  if (const auto done = sync_folder_of(database_); !done) return done.error();
  return kept;
}

// The old database is one file whenever the copy takes its name, so that no log is left beside it.
Result<std::string> Restore::replace() {
  std::error_code unknown;
  const bool exists = fs::exists(fs::symlink_status(database_, unknown));
  auto folded = exists ? fold(database_) : Result<std::optional<SqliteHandle>>(std::nullopt);
  if (!folded) return folded.error();
  Descriptor lock;
  const std::string kept = name_to_keep(database_);
  if (exists && !*folded) {
    auto locked = shut_out(database_);
    if (!locked) return locked.error();
    lock = std::move(*locked);
  }
  if (exists && link(database_.c_str(), kept.c_str()) != 0) return why(kept);
  // Another's log must not become that of the kept file.
  const bool own = exists && judge_log(database_) != SqliteLog::kForeign;
  for (const char* tail : {"-wal", "-shm", "-journal"}) {
    const auto to = kept + (own ? "" : kNotItsOwn) + tail;
    if (const auto done = move_if_there(database_ + tail, to); !done) return done.error();
  }
  if (const auto done = sync_folder_of(database_); !done) return done.error();
  if (rename(copy_.c_str(), database_.c_str()) != 0) return why(database_);
  return exists ? kept : "";
}

}  // namespace portal
