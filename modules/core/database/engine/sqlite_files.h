// The files that a SQLite session has open: the database, its write-ahead log (-wal) and the log's
// index (-shm).
//
// Other programs find these files by their names, so a session whose files have lost their names,
// or whose database was overwritten, must not be used: what it writes is lost, or damages what lies
// there now. complaint() notices it, at the cost of four short system calls.
#pragma once

#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/base/result.h"
#include "core/database/engine/sqlite_log.h"

namespace portal {

class SqliteFiles {
 public:
  // Before a session is opened. Errors: kUnavailable, the file is missing, or the log beside it
  // belongs to another database: SQLite would apply it.
  static Result<Done> expect_own_log(const std::string& path);

  // Why a session could not be opened, if it is that programs still have a log open whose file has
  // lost its name. Empty: it is not.
  static std::string complaint_of_log(const std::string& path, sqlite3* session);

  // `session` has been opened just now and is in WAL mode, if it can be. It must live longer. From
  // now on the session writes the log back into the database only while there is no complaint.
  SqliteFiles(std::string path, sqlite3* session);
  SqliteFiles(const SqliteFiles&) = delete;
  SqliteFiles& operator=(const SqliteFiles&) = delete;
  // The last session of all writes the log back when it ends, if the database is still its own.
  ~SqliteFiles();

  sqlite3* session() const { return session_; }
  const std::string& path() const { return path_; }

  // Why the session must not be used any more. Empty if it may. Within a transaction, ask before
  // sign().
  std::string complaint();

  // A transaction begins.
  void begin() { changes_ = sqlite3_total_changes(session_); }
  // True if it has changed rows.
  bool changed() const { return sqlite3_total_changes(session_) != changes_; }
  // Keeps the log small: writes it back, and begins it again where no reader needs it. For a
  // program that does so about five times a second, so that no request has to. Writers wait for
  // milliseconds at most; of readers none. False: somebody reads what was long ago, so it grows.
  bool write_log_back();

  // Within a transaction that changes something: gives the database a new state (sqlite_log.h).
  // Errors: kUnavailable, SQLite's reason.
  Result<Done> sign();

 private:
  using Identity = std::pair<std::uint64_t, std::uint64_t>;  // device and inode; zeros: missing
  static Identity identity(const std::string& path);
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::array<Identity, 3> identities() const;
  bool moved() const;
  bool overwritten();
  std::optional<std::uint32_t> state();
  static int write_back(void* files, sqlite3* session, const char* database, int frames);
  void begin_log_again();

  const std::string path_;
  const std::string log_path_ = path_ + "-wal";
  const std::string index_path_ = path_ + "-shm";
  sqlite3* const session_;
  const std::array<Identity, 3> opened_;
  std::optional<SqliteHeader> header_;  // as it was found right last
  const std::string complaint_of_log_;
  int changes_ = 0;  // before the transaction
  std::optional<SqliteIndex> begun_again_;
  std::unique_ptr<sqlite3_stmt, Finalize> state_;  // compiled when it is first asked
};

}  // namespace portal
