#include "core/database/copying/backup.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "core/base/system_error.h"

namespace portal {
namespace {

namespace fs = std::filesystem;

constexpr int kPagesAtOnce = 1000;  // 4 MB
constexpr int kPatience = 5000;     // milliseconds, for SQLite's own short locks

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Handle = std::unique_ptr<sqlite3, Close>;
using Statement = std::unique_ptr<sqlite3_stmt, Close>;

Error why(const std::string& path, sqlite3* handle) {
  return unavailable(path + ": " + sqlite3_errmsg(handle));
}

Error why_not(const std::string& path, const std::string& reason) {
  return unavailable(path + ": " + reason);
}

// `system` is SQLite's module for files, or null for the usual one.
Result<Handle> open_database(const std::string& path, const char* system) {
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READWRITE, system);
  Handle handle(opened);
  if (code != SQLITE_OK) return why(path, opened);
  sqlite3_busy_timeout(opened, kPatience);
  return handle;
}

Result<Done> execute(const std::string& path, sqlite3* handle, const char* sql) {
  if (sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK) return why(path, handle);
  return Done{};
}

// Returns the first column of all rows.
Result<std::vector<std::string>> texts(const std::string& path, sqlite3* handle,
                                       const std::string& sql) {
  sqlite3_stmt* prepared = nullptr;
  if (sqlite3_prepare_v2(handle, sql.c_str(), -1, &prepared, nullptr) != SQLITE_OK) {
    return why(path, handle);
  }
  const Statement statement(prepared);
  std::vector<std::string> rows;
  int code = 0;
  while ((code = sqlite3_step(prepared)) == SQLITE_ROW) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(prepared, 0));
    rows.emplace_back(text == nullptr ? "" : text);
  }
  if (code != SQLITE_DONE) return why(path, handle);
  return rows;
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
    const std::string folder = fs::absolute(file).parent_path();
    const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool kept = directory >= 0 && ::fsync(directory) == 0;
    const int reason = errno;
    if (directory >= 0) ::close(directory);
    if (!kept) return why_not(folder, system_error(reason));
    return Done{};
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
  if (backup == nullptr) return why(file, target);
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
  if (code != SQLITE_OK && code != SQLITE_BUSY) return why(database, source);
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
  auto source = open_database(database, nullptr);
  if (!source) return source.error();
  Partial partial(file);
  if (!partial.made()) return why_not(file, system_error());
  // Nobody else uses the copy, so it needs no locks, which some network file systems lack.
  auto copy = open_database(partial.path(), "unix-none");
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
