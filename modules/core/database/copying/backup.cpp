#include "core/database/copying/backup.h"

#include <sqlite3.h>

#include <filesystem>
#include <system_error>

#include "core/base/new_file.h"
#include "core/base/system_error.h"
#include "core/database/copying/private/sqlite_handle.h"

namespace portal {
namespace {

namespace fs = std::filesystem;

constexpr int kPagesAtOnce = 1000;  // 4 MB

Error why_not(const std::string& path, const std::string& reason) {
  return unavailable(path + ": " + reason);
}

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
  NewFile partial(file);
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
  if (const auto done = partial.publish(); !done) return done.error();
  return backup;
}

}  // namespace portal
