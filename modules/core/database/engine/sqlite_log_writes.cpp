#include "core/database/engine/sqlite_log_writes.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>

namespace portal {
namespace {

constexpr int kFrameHeader = 24;
constexpr int kMost = 8 * (kFrameHeader + 4096);
// The lock of the index that a writer holds. https://www.sqlite.org/walformat.html, "WAL Locks"
constexpr int kWritersLock = 0;

// A transaction's last frame has the size of the database here, which is not 0.
bool is_last(const void* frame_header) {
  constexpr std::ptrdiff_t kDatabaseSize = 4;
  const auto* size = static_cast<const char*>(frame_header) + kDatabaseSize;
  return std::any_of(size, size + 4, [](char byte) { return byte != 0; });
}

// What is kept back of a log: it follows the byte `begin_` without a gap.
class Frames {
 public:
  // These take the usual file of the log, and return SQLite's codes.
  int write(sqlite3_file* log, const void* bytes, int amount, sqlite3_int64 offset);
  int write_out(sqlite3_file* log);

  void forget() {
    size_ = 0;
    bytes_.reset();
  }

 private:
  struct Free {
    void operator()(char* bytes) const { sqlite3_free(bytes); }
  };
  // False: there is no memory for it.
  bool begin(sqlite3_int64 offset) {
    begin_ = offset;
    bytes_.reset(static_cast<char*>(sqlite3_malloc(kMost)));
    return bytes_ != nullptr;
  }

  std::unique_ptr<char, Free> bytes_;
  sqlite3_int64 begin_ = 0;
  int size_ = 0;
  bool last_ = false;  // the frame that was begun most recently is a transaction's last one
};

int Frames::write_out(sqlite3_file* log) {
  if (size_ == 0) return SQLITE_OK;
  const int code = log->pMethods->xWrite(log, bytes_.get(), size_, begin_);
  if (code == SQLITE_OK) forget();
  return code;
}

int Frames::write(sqlite3_file* log, const void* bytes, int amount, sqlite3_int64 offset) {
  const bool next = size_ > 0 && offset == begin_ + size_;
  const bool header = amount == kFrameHeader;
  if (header) last_ = is_last(bytes);
  if (!next || size_ + amount > kMost) {
    if (const int code = write_out(log); code != SQLITE_OK) return code;
  }
  // A last frame's header is not kept back alone: when SQLite corrects checksums at a commit, no
  // page follows it.
  const bool kept = size_ > 0 || (header && !last_ && begin(offset));
  if (!kept) return log->pMethods->xWrite(log, bytes, amount, offset);
  std::memcpy(bytes_.get() + size_, bytes, static_cast<std::size_t>(amount));
  size_ += amount;
  if (header || !last_) return SQLITE_OK;
  const int code = write_out(log);
  // SQLite rolls back: later tries must not commit.
  if (code != SQLITE_OK) size_ -= kFrameHeader + amount;
  return code;
}

// A database or its log. The usual file stands behind it in the memory that SQLite gives for both.
struct File : sqlite3_file {
  Frames frames;             // of a log
  File* database = nullptr;  // of a log
  File* log = nullptr;       // of a database, while it is open
};

File& ours(sqlite3_file* file) {
  return static_cast<File&>(*file);
}

sqlite3_file* usual(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<std::byte*>(file) + sizeof(File));
}

sqlite3_vfs* usual_system() {
  static sqlite3_vfs* const system = sqlite3_vfs_find(nullptr);
  return system;
}

template <auto Method, class... Arguments>
auto pass(sqlite3_file* file, Arguments... arguments) {
  return (usual(file)->pMethods->*Method)(usual(file), arguments...);
}

template <auto Method, class... Arguments>
int write_out_and_pass(sqlite3_file* file, Arguments... arguments) {
  const int code = ours(file).frames.write_out(usual(file));
  return code == SQLITE_OK ? pass<Method>(file, arguments...) : code;
}

int write_to_log(sqlite3_file* file, const void* bytes, int amount, sqlite3_int64 offset) {
  return ours(file).frames.write(usual(file), bytes, amount, offset);
}

int lock_index(sqlite3_file* file, int first, int count, int flags) {
  File* const log = ours(file).log;
  const bool ends = (flags & SQLITE_SHM_UNLOCK) != 0 && first == kWritersLock;
  if (ends && log != nullptr) log->frames.forget();
  return pass<&sqlite3_io_methods::xShmLock>(file, first, count, flags);
}

// SQLite closes the log before the database.
int close(sqlite3_file* file) {
  File& own = ours(file);
  if (own.database != nullptr) own.database->log = nullptr;
  const int code = pass<&sqlite3_io_methods::xClose>(file);
  std::destroy_at(&own);
  return code;
}

using Methods = sqlite3_io_methods;

// Version 2 maps no file into memory: a file that is cut short would end the program.
constexpr Methods kDatabase = {
    .iVersion = 2,
    .xClose = close,
    .xRead = pass<&Methods::xRead>,
    .xWrite = pass<&Methods::xWrite>,
    .xTruncate = pass<&Methods::xTruncate>,
    .xSync = pass<&Methods::xSync>,
    .xFileSize = pass<&Methods::xFileSize>,
    .xLock = pass<&Methods::xLock>,
    .xUnlock = pass<&Methods::xUnlock>,
    .xCheckReservedLock = pass<&Methods::xCheckReservedLock>,
    .xFileControl = pass<&Methods::xFileControl>,
    .xSectorSize = pass<&Methods::xSectorSize>,
    .xDeviceCharacteristics = pass<&Methods::xDeviceCharacteristics>,
    .xShmMap = pass<&Methods::xShmMap>,
    .xShmLock = lock_index,
    .xShmBarrier = pass<&Methods::xShmBarrier>,
    .xShmUnmap = pass<&Methods::xShmUnmap>,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

constexpr Methods kLog = {
    .iVersion = 1,
    .xClose = close,
    .xRead = write_out_and_pass<&Methods::xRead>,
    .xWrite = write_to_log,
    .xTruncate = write_out_and_pass<&Methods::xTruncate>,
    .xSync = write_out_and_pass<&Methods::xSync>,
    .xFileSize = write_out_and_pass<&Methods::xFileSize>,
    .xLock = pass<&Methods::xLock>,
    .xUnlock = pass<&Methods::xUnlock>,
    .xCheckReservedLock = pass<&Methods::xCheckReservedLock>,
    .xFileControl = write_out_and_pass<&Methods::xFileControl>,
    .xSectorSize = pass<&Methods::xSectorSize>,
    .xDeviceCharacteristics = pass<&Methods::xDeviceCharacteristics>,
    .xShmMap = nullptr,
    .xShmLock = nullptr,
    .xShmBarrier = nullptr,
    .xShmUnmap = nullptr,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flags_found) {
  const bool log = (flags & SQLITE_OPEN_WAL) != 0;
  sqlite3_vfs* const system = usual_system();
  if (!log && (flags & SQLITE_OPEN_MAIN_DB) == 0) {
    return system->xOpen(system, name, file, flags, flags_found);
  }
  File& own = *std::construct_at(reinterpret_cast<File*>(file));
  usual(file)->pMethods = nullptr;
  const int code = system->xOpen(system, name, usual(file), flags, flags_found);
  if (usual(file)->pMethods == nullptr) return code;  // SQLite then does not close it
  own.pMethods = log ? &kLog : &kDatabase;
  if (log) {
    own.database = &ours(sqlite3_database_file_object(name));
    own.database->log = &own;
  }
  return code;
}

sqlite3_vfs make_system() {
  sqlite3_vfs system = *usual_system();
  system.zName = "portal";
  system.szOsFile += static_cast<int>(sizeof(File));
  system.xOpen = open;
  system.pNext = nullptr;
  return system;
}

}  // namespace

const char* joined_log_writes() {
  static sqlite3_vfs system = make_system();
  static const int registered = sqlite3_vfs_register(&system, 0);
  static_cast<void>(registered);
  return system.zName;
}

}  // namespace portal
