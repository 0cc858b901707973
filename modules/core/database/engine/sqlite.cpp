// SQLite. A missing file is an error, and only migrate() makes it: a program that made an empty
// database because of a mistyped path would lose what users send.
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/SQLiteException.h>
#include <Poco/Data/SQLite/Utility.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <thread>

#include "core/base/system_error.h"
#include "core/database/engine/engine.h"
#include "core/database/engine/sqlite_files.h"
#include "core/database/engine/sqlite_log_writes.h"

namespace portal {
namespace {

using Poco::Data::SQLite::ConstraintViolationException;
using Poco::Data::SQLite::DatabaseFullException;
using Poco::Data::SQLite::DBLockedException;
using Poco::Data::SQLite::NoMemoryException;
using Poco::Data::SQLite::ReadOnlyException;
using Poco::Data::SQLite::TableLockedException;

// Poco would try this long to open a file that it cannot open.
constexpr std::size_t kOpenSeconds = 0;
// The file has personal data, so only owner and group may use it.
constexpr mode_t kFileMode = 0660;
// A registration writes some 20 pages of 4 KiB into the -wal file.
constexpr std::uintmax_t kLeastRoom = 256UL * 1024;
// When a log begins again, its file keeps so many bytes, which need not be allocated again.
constexpr int kLogKept = 16 * 1024 * 1024;

// Between two tries to get a lock.
constexpr auto kNap = std::chrono::microseconds(500);

// True for a folder whose group shares the files in it (conf/systemd/tmpfiles.conf). The portal's
// programs may run as different users, and the umask of the user who migrates must not exclude
// them.
bool shared_folder(const std::string& path) {
  constexpr mode_t kShared = S_ISGID | S_IWGRP;
  struct stat status = {};
  const auto folder = std::filesystem::path(path).parent_path();
  return stat(folder.c_str(), &status) == 0 && (status.st_mode & kShared) == kShared;
}

// Replaces SQLite's own busy_timeout, which tries again after 1, 3, 8, 18, 33 … 100 ms. A write
// takes less than 1 ms, so a waiting transaction would sleep most of the time while the lock is
// free. `patience` points to std::chrono::milliseconds.
// https://www.sqlite.org/c3ref/busy_handler.html
int wait_a_little(void* patience, int count) {
  if (NoWaiting::here()) return 0;
  using Clock = std::chrono::steady_clock;
  thread_local Clock::time_point start;
  const auto now = Clock::now();
  if (count == 0) start = now;
  if (now - start > *static_cast<const std::chrono::milliseconds*>(patience)) return 0;
  const Phase phase(Activity::Kind::kLock);
  std::this_thread::sleep_for(kNap);
  return 1;
}

// For who keeps the writers' lock meanwhile: a reader that does not end soon is not waited for.
int wait_briefly(void*, int count) {
  constexpr int kNaps = 40;
  if (count >= kNaps) return 0;
  std::this_thread::sleep_for(kNap);
  return 1;
}

// Sets WAL mode. Only the first reading opens the log. When two sessions open a new file at once,
// each may keep the other from setting it; then SQLite asks no busy handler, but gives up.
void open_files(Poco::Data::Session& session, std::chrono::milliseconds patience) {
  using namespace Poco::Data::Keywords;
  const auto end = std::chrono::steady_clock::now() + patience;
  for (;;) {
    try {
      session << "PRAGMA journal_mode=WAL", now;
      std::int64_t tables = 0;
      session << "SELECT COUNT(*) FROM sqlite_master", into(tables), now;
      return;
    } catch (const DBLockedException&) {
      if (NoWaiting::here() || std::chrono::steady_clock::now() > end) throw;
      std::this_thread::sleep_for(kNap);
    }
  }
}

// For what only one statement needs (RETURNING, IN (SELECT …)) SQLite would take twenty pages at
// once and give them back with its end: so the heap would grow and shrink at each such statement,
// and each time with pages that the kernel has to make. A program that has begun to use SQLite
// itself keeps those habits: then this is refused, and nothing else comes of it.
void take_pages_one_by_one() {
  static const int refused = sqlite3_config(SQLITE_CONFIG_PAGECACHE, nullptr, 0, 0);
  static_cast<void>(refused);
}

class SQLite : public Engine {
 public:
  SQLite(const std::string& path, Durability durability, std::chrono::milliseconds patience)
      : Engine("database " + path), path_(path), durability_(durability), patience_(patience) {
    take_pages_one_by_one();
    Poco::Data::SQLite::Connector::registerConnector();
  }

  std::unique_ptr<Connection> connect() override {
    if (const auto done = SqliteFiles::expect_own_log(path_); !done) throw Failure(done.error());
    // The path is absolute, so that a name like ":memory:" is a file too.
    Poco::Data::Session session(
        "SQLite", sqlite_uri(path_, std::string("mode=rw&vfs=") + joined_log_writes()),
        kOpenSeconds);
    sqlite3* const handle = Poco::Data::SQLite::Utility::dbHandle(session);
    // Until it is known what was opened, nothing of it is written back.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    sqlite3_busy_handler(handle, wait_a_little, &patience_);
    try {
      open_files(session, patience_);
    } catch (const Poco::Exception&) {
      const std::string complaint = SqliteFiles::complaint_of_log(path_, handle);
      if (complaint.empty()) throw;
      throw Failure(unavailable(name() + ": " + complaint));
    }
    auto connection =
        std::make_unique<Connection>(session, handle, std::make_unique<SqliteFiles>(path_, handle));
    connection->execute_once("PRAGMA foreign_keys=ON");
    // In WAL mode, NORMAL may lose the last commits at a power failure; FULL loses none.
    connection->execute_once(durability_ == Durability::kFull ? "PRAGMA synchronous=FULL"
                                                              : "PRAGMA synchronous=NORMAL");
    connection->execute_once("PRAGMA journal_size_limit=" + std::to_string(kLogKept));
    if (const auto done = expect_no_complaint(*connection); !done) throw Failure(done.error());
    return connection;
  }

  bool current(const Connection& connection) const override {
    return connection.files().complaint().empty();
  }

  Result<Done> before_commit(Connection& connection) const override {
    if (auto done = expect_no_complaint(connection); !done) return done;
    return connection.files().changed() ? connection.files().sign() : Done{};
  }

  Result<Done> after_commit(Connection& connection) const override {
    return expect_no_complaint(connection);
  }

  void create() override {
    // To open and close a file that is there would take the locks from this program's sessions.
    if (std::error_code unknown; std::filesystem::exists(path_, unknown)) return;
    const int file = open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kFileMode);
    const bool made = file != -1 && (!shared_folder(path_) || fchmod(file, kFileMode) == 0);
    const int reason = errno;
    if (file != -1) close(file);
    if (!made) throw Failure(unavailable(name() + " cannot be made: " + system_error(reason)));
  }

  // This writes to the file's header, even if there is no table. before_commit() writes the right
  // number (sqlite_log.h).
  const std::string& migration_lock() const override {
    static const std::string lock = "PRAGMA user_version = 1";
    return lock;
  }

  std::string_view connector() const override { return "SQLite"; }

  bool conflict(const Poco::Exception&) const override { return false; }

  bool busy(const Poco::Exception& exception) const override {
    return dynamic_cast<const DBLockedException*>(&exception) != nullptr ||
           dynamic_cast<const TableLockedException*>(&exception) != nullptr;
  }

  bool keep_log_small(Connection& connection) const override {
    sqlite3_busy_handler(connection.files().session(), wait_briefly, nullptr);
    const bool small = connection.files().write_log_back();
    sqlite3_busy_handler(connection.files().session(), wait_a_little,
                         const_cast<std::chrono::milliseconds*>(&patience_));
    return small;
  }

  // The old pages of the -wal file may have room for one row when there is none for a registration.
  void expect_room() const override {
    struct statvfs disk = {};
    if (statvfs(path_.c_str(), &disk) != 0) return;  // connect() says why
    const auto blocks = geteuid() == 0 ? disk.f_bfree : disk.f_bavail;
    if (blocks * disk.f_frsize < kLeastRoom) throw Failure(full());
  }

  Error why(const Poco::Exception& exception) const override {
    if (const auto* failure = dynamic_cast<const Failure*>(&exception)) return failure->error();
    if (busy(exception)) {
      return unavailable(name() + ": database is locked by another program for over " +
                         std::to_string(patience_.count()) + " ms");
    }
    if (dynamic_cast<const ConstraintViolationException*>(&exception) != nullptr) {
      return refused(name() + ": " + exception.message());
    }
    if (table_missing(exception)) return not_migrated(*this);
    if (dynamic_cast<const ReadOnlyException*>(&exception) != nullptr) {
      return unavailable(
          name() +
          " is read-only, so nothing can be stored: file, -wal, -shm and folder must "
          "be writable for the portal's user, and the file system mounted rw: " +
          exception.displayText());
    }
    if (dynamic_cast<const DatabaseFullException*>(&exception) != nullptr) {
      return full();
    }
    if (dynamic_cast<const NoMemoryException*>(&exception) != nullptr) {
      return unavailable(name() + ": " + std::string(words_of(Shortage::kMemory)));
    }
    // SQLite does not say why the system has refused a file: the next try says it.
    std::string reason = trouble_with(path_);
    if (reason.empty()) reason = "see `portalctl check`; are file and folder the portal user's?";
    return unavailable(name() + ": " + exception.displayText() + " (" + reason + ")");
  }

 private:
  Error full() const { return unavailable(name() + ": " + std::string(words_of(Shortage::kDisk))); }
  Result<Done> expect_no_complaint(const Connection& connection) const {
    const std::string complaint = connection.files().complaint();
    if (complaint.empty()) return Done{};
    return unavailable(name() + ": " + complaint);
  }

  const std::string path_;
  const Durability durability_;
  std::chrono::milliseconds patience_;  // the busy handlers of all sessions read it
};

}  // namespace

std::unique_ptr<Engine> make_sqlite(const std::string& path, Durability durability,
                                    std::chrono::milliseconds patience) {
  return std::make_unique<SQLite>(std::filesystem::absolute(path), durability, patience);
}

}  // namespace portal
