// SQLite. A missing file is an error, and only migrate() makes it: a program that made an empty
// database because of a mistyped path would lose what users send.
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/SQLiteException.h>
#include <Poco/Data/SQLite/Utility.h>
#include <Poco/URI.h>
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
#include <optional>
#include <thread>

#include "core/base/system_error.h"
#include "core/database/engine/engine.h"

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

// The path is absolute, so that a name like ":memory:" is a file too.
std::string uri_of(const std::string& path) {
  std::string encoded;
  Poco::URI::encode(path, "?#", encoded);
  return "file:" + encoded + "?mode=rw";
}

std::optional<Connection::Origin> origin_of(const std::string& path) {
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0) return std::nullopt;
  return Connection::Origin{status.st_dev, status.st_ino};
}

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
  constexpr auto kNap = std::chrono::microseconds(500);
  thread_local Clock::time_point start;
  const auto now = Clock::now();
  if (count == 0) start = now;
  if (now - start > *static_cast<const std::chrono::milliseconds*>(patience)) return 0;
  const Phase phase(Activity::Kind::kLock);
  std::this_thread::sleep_for(kNap);
  return 1;
}

class SQLite : public Engine {
 public:
  SQLite(const std::string& path, Durability durability, std::chrono::milliseconds patience)
      : Engine("database " + path), path_(path), durability_(durability), patience_(patience) {
    Poco::Data::SQLite::Connector::registerConnector();
  }

  std::unique_ptr<Connection> connect() override {
    const auto origin = origin_of(path_);
    if (!origin) {
      const std::string reason =
          errno == ENOENT ? " is not there: run `portalctl migrate`" : ": " + system_error();
      throw Failure(unavailable(name() + reason));
    }
    Poco::Data::Session session("SQLite", uri_of(path_), kOpenSeconds);
    sqlite3_busy_handler(Poco::Data::SQLite::Utility::dbHandle(session), wait_a_little, &patience_);
    auto connection = std::make_unique<Connection>(std::move(session), *origin);
    connection->execute_once("PRAGMA journal_mode=WAL");
    connection->execute_once("PRAGMA foreign_keys=ON");
    // In WAL mode, NORMAL may lose the last commits at a power failure; FULL loses none.
    connection->execute_once(durability_ == Durability::kFull ? "PRAGMA synchronous=FULL"
                                                              : "PRAGMA synchronous=NORMAL");
    if (!current(*connection)) {
      throw Failure(unavailable(name() + " was replaced just now: try again"));
    }
    return connection;
  }

  // A file that was deleted or replaced stays open in old sessions, and what they write is lost.
  bool current(const Connection& connection) const override {
    return origin_of(path_) == connection.origin();
  }

  void create() override {
    const bool is_new = !origin_of(path_);
    const int file = open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kFileMode);
    const bool made =
        file != -1 && (!is_new || !shared_folder(path_) || fchmod(file, kFileMode) == 0);
    const int reason = errno;
    if (file != -1) close(file);
    if (!made) throw Failure(unavailable(name() + " cannot be made: " + system_error(reason)));
  }

  // BEGIN alone takes no lock, and a transaction that reads first may then be unable to get it.
  const std::string& begin_writing() const override {
    static const std::string lock = "UPDATE schema_migration SET version = version WHERE 1 = 0";
    return lock;
  }

  // This writes to the file's header, even if there is no table. No program reads this number.
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
