// Whether a SQLite file and the write-ahead log beside it (FILE-wal) belong together.
//
// SQLite itself does not ask: it would apply the log of a lost database to the backup that was put
// in its place. So each transaction of the portal that changes anything gives the database a new
// random number, its state, and keeps the state before. Both stand in the header of page 1
// (application_id and user_version), so a log has them for each of its transactions. A log belongs
// to the file whose state is one of them, or the one before the first.
//
// What this cannot tell: a log without any transaction of the portal, or of a version before 9.
// https://www.sqlite.org/fileformat2.html, "The Database Header", "The Write-Ahead Log"
#pragma once

#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace portal {

struct SqliteHeader {
  std::uint32_t state = 0;   // application_id
  std::uint32_t before = 0;  // user_version
  bool wal = false;          // the file is in WAL mode; a backup is not
  bool operator==(const SqliteHeader&) const = default;
};

// Read the header as it is in the file, without the log. Nothing: there is none.
std::optional<SqliteHeader> header_of(sqlite3* session);
std::optional<SqliteHeader> header_of(const std::string& path);

// "file:/var/lib/portal/portal.db?PARAMETERS", for sqlite3_open_v2().
std::string sqlite_uri(const std::string& path, const std::string& parameters);

enum class SqliteLog {
  kEmpty,    // missing, or without a transaction
  kUnknown,  // no transaction says of which state it is
  kOwn,
  kForeign,
};

// Judge the log beside `path`, or the one that the session has open, which may have lost its name.
// Programs may write to file and log meanwhile.
SqliteLog judge_log(const std::string& path);
SqliteLog judge_log(sqlite3* session);

// What a log has in its header, and anew each time it begins again.
using SqliteSalts = std::array<char, 8>;

// What the index of a log (-shm), which all sessions share, says of it.
struct SqliteIndex {
  std::uint32_t frames = 0;
  SqliteSalts salts = {};
  std::uint32_t written_back = 0;  // frames, from the first
  // How many frames each reader's lock stands for; the first one is for readers of the file alone.
  std::array<std::uint32_t, 5> reads_until = {};
  bool operator==(const SqliteIndex&) const = default;
};
// Nothing: the session is not in WAL mode.
std::optional<SqliteIndex> index_of(sqlite3* session);

// The size of a log's file, its page size, and its salts. Zeros: it is missing, or has no header.
struct SqliteLogSize {
  std::int64_t bytes = 0;
  std::uint32_t page = 0;
  SqliteSalts salts = {};
};
SqliteLogSize size_of_log(const std::string& path);

}  // namespace portal
