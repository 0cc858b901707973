#include "core/database/copying/backup.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "core/base/system_error.h"
#include "core/database/copying/private/sqlite_handle.h"

namespace portal {
namespace {

namespace fs = std::filesystem;

constexpr int kPagesAtOnce = 1000;  // 4 MB
Error why_not(const std::string& path, const std::string& reason) {
  return unavailable(path + ": " + reason);
}

// A new file beside `file`, with a random name. It is removed at the end unless it was published.
class Partial {
 public:
  explicit Partial(const std::string& file)
      : path_(file + ".partial-XXXXXX"), number_(mkostemp(path_.data(), O_CLOEXEC)) {}
  Partial(const Partial&) = delete;
  Partial& operator=(const Partial&) = delete;
  ~Partial() {
    if (number_ < 0) return;
    ::close(number_);
    if (!published_) ::unlink(path_.c_str());
  }

  bool made() const { return number_ >= 0; }
  const std::string& path() const { return path_; }

  // Writes the file to the disk and gives it its name, unless a file with this name exists.
  Result<Done> publish(const std::string& file) {
    if (::fsync(number_) != 0) return why_not(file, system_error());
    if (const auto named = rename_to(file); !named) return named.error();
    published_ = true;
    return sync_folder_of(file);
  }

 private:
  Result<Done> rename_to(const std::string& file) const {
    if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, file.c_str(), RENAME_NOREPLACE) == 0) {
      return Done{};
    }
    // Some network file systems do not support RENAME_NOREPLACE; link(2) does not replace a file
    // either.
    const bool linked = errno == EINVAL && ::link(path_.c_str(), file.c_str()) == 0;
    if (linked && ::unlink(path_.c_str()) == 0) return Done{};
    if (errno == EEXIST) return refused(file + " is there already: it is not replaced");
    return why_not(file, system_error());
  }

  std::string path_;
  int number_;
  bool published_ = false;
};

Result<Done> copy_pages(const std::string& database, sqlite3* source, const std::string& file,
                        sqlite3* target,
                        const std::function<void(std::int64_t, std::int64_t)>& progress) {
  // Takes a snapshot that lasts until the end. Without it SQLite begins again after each write.
  for (const char* sql : {"BEGIN", "SELECT COUNT(*) FROM sqlite_master"}) {
    if (const auto done = execute(database, source, sql); !done) return done.error();
  }
  sqlite3_backup* backup = sqlite3_backup_init(target, "main", source, "main");
  if (backup == nullptr) return why_not(file, sqlite3_errmsg(target));
  int code = SQLITE_OK;
  while (code == SQLITE_OK) {
    code = sqlite3_backup_step(backup, kPagesAtOnce);
    const std::int64_t all = sqlite3_backup_pagecount(backup);
    progress(all - sqlite3_backup_remaining(backup), all);
  }
  sqlite3_backup_finish(backup);
  if (code != SQLITE_DONE) return why_not(file, sqlite3_errstr(code));
  return Done{};
}

// During the copy the WAL could not be emptied and has grown. This empties it without delaying
// anybody. Otherwise a writer would have to do it, and its user would wait.
Result<Done> let_go(const std::string& database, sqlite3* source) {
  if (const auto done = execute(database, source, "COMMIT"); !done) return done.error();
  const int code =
      sqlite3_wal_checkpoint_v2(source, "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  if (code != SQLITE_OK && code != SQLITE_BUSY) return why_not(database, sqlite3_errmsg(source));
  return Done{};
}

Result<Done> prove(const std::string& file, sqlite3* copy) {
  const auto faults = texts(file, copy, "PRAGMA integrity_check(1)");
  if (!faults) return faults.error();
  if (faults->size() != 1 || faults->front() != "ok") {
    return refused("the copy is not whole, so the database may be damaged: " +
                   (faults->empty() ? "no answer" : faults->front()));
  }
  const auto orphans = texts(file, copy, "PRAGMA foreign_key_check");
  if (!orphans) return orphans.error();
  if (!orphans->empty()) {
    return refused("the copy is not whole: rows of table " + orphans->front() +
                   " belong to rows that are not there");
  }
  return Done{};
}

Result<Backup> counted(const std::string& file, sqlite3* copy) {
  Backup backup;
  const auto names = texts(file, copy,
                           "SELECT name FROM sqlite_master WHERE type = 'table' "
                           "AND name NOT LIKE 'sqlite_%' ORDER BY name");
  if (!names) return names.error();
  for (const auto& name : *names) {
    const auto count = texts(file, copy, "SELECT COUNT(*) FROM \"" + name + "\"");
    if (!count) return count.error();
    backup.tables.push_back({name, std::stoll(count->front())});
  }
  return backup;
}

// Leaves WAL mode, in which SQLite would make other files beside the copy.
constexpr auto kAlone = "PRAGMA journal_mode = DELETE";

}  // namespace

Result<Backup> back_up(const std::string& database, const std::string& file,
                       const std::function<void(std::int64_t done, std::int64_t all)>& progress) {
  std::error_code unknown;
  if (fs::exists(fs::symlink_status(file, unknown))) {
    return refused(file + " is there already: it is not replaced");
  }
  auto source = open_sqlite(database);
  if (!source) return source.error();
  Partial partial(file);
  if (!partial.made()) return why_not(file, system_error());
  // Nobody else uses the copy, so it needs no locks, which some network file systems lack.
  auto copy = open_sqlite(partial.path(), "unix-none");
  if (!copy) return copy.error();
  // EXCLUSIVE avoids shared memory for the WAL. synchronous can be OFF: the file is synced at the
  // end.
  for (const char* sql : {"PRAGMA locking_mode = EXCLUSIVE", "PRAGMA synchronous = OFF"}) {
    if (const auto done = execute(file, copy->get(), sql); !done) return done.error();
  }
  if (const auto done = copy_pages(database, source->get(), file, copy->get(), progress); !done) {
    return done.error();
  }
  if (const auto done = let_go(database, source->get()); !done) return done.error();
  source->reset();
  if (const auto done = execute(file, copy->get(), kAlone); !done) return done.error();
  if (const auto done = prove(file, copy->get()); !done) return done.error();
  auto backup = counted(file, copy->get());
  if (!backup) return backup.error();
  copy->reset();
  backup->bytes = static_cast<std::int64_t>(fs::file_size(partial.path()));
  if (const auto done = partial.publish(file); !done) return done.error();
  return backup;
}

}  // namespace portal
