#include "core/database/engine/sqlite_files.h"

#include <sys/stat.h>

#include <cerrno>
#include <chrono>
#include <memory>
#include <thread>

#include "core/base/system_error.h"

namespace portal {
namespace {

// Frames that are not written back yet, a frame being a page of 4 KiB. A request that finds so many
// writes them back; it finds them only where no mailer does so before (write_log_back()).
constexpr std::uint32_t kRequestWritesBack = 4000;
constexpr std::uint32_t kWriteBack = 250;
// A log of so many frames is begun again, and a file of so many bytes is emptied.
constexpr std::uint32_t kBeginAgain = 1000;
constexpr std::int64_t kEmpty = 16L * 1024 * 1024;

constexpr std::int64_t kLogHeader = 32;
constexpr std::int64_t kFrameHeader = 24;
constexpr int kLooks = 100;
constexpr auto kBetweenLooks = std::chrono::milliseconds(2);

constexpr std::string_view kStop =
    ": stop all programs (systemctl stop portal.target portal-mailer.service), then put the right "
    "file there with `portalctl restore FILE` (conf/backup.md)";

constexpr std::string_view kLogLost =
    "its -wal or -shm was removed or replaced while programs had it open: restart every program "
    "(systemctl restart portal.target)";

std::uint32_t random_state() {
  std::uint32_t drawn = 0;
  while (drawn <= 1) {  // what a database has that no transaction of ours has changed yet
    sqlite3_randomness(sizeof drawn, &drawn);
    drawn &= 0x7fffffffU;  // a PRAGMA takes signed numbers
  }
  return drawn;
}

}  // namespace

SqliteFiles::Identity SqliteFiles::identity(const std::string& path) {
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0) return {0, 0};
  return {status.st_dev, status.st_ino};
}

std::array<SqliteFiles::Identity, 3> SqliteFiles::identities() const {
  return {identity(path_), identity(log_path_), identity(index_path_)};
}

Result<Done> SqliteFiles::expect_own_log(const std::string& path) {
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0) {
    const std::string reason =
        errno == ENOENT ? " is not there: run `portalctl migrate`" : ": " + system_error();
    return unavailable("database " + path + reason);
  }
  if (judge_log(path) != SqliteLog::kForeign) return Done{};
  return unavailable("database " + path + ": the log " + path +
                     "-wal beside it belongs to another database, or to another time of this one; "
                     "was a copy put in its place? It is not used" +
                     std::string(kStop));
}

SqliteFiles::SqliteFiles(std::string path, sqlite3* session)
    : path_(std::move(path)),
      session_(session),
      opened_(moved() ? std::array<Identity, 3>{} : identities()),
      header_(header_of(session)),
      complaint_of_log_(complaint_of_log(path_, session)) {
  sqlite3_db_config(session_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_wal_hook(session_, write_back, this);
}

SqliteFiles::~SqliteFiles() {
  sqlite3_wal_hook(session_, nullptr, nullptr);
  // What is in a log that has lost its name would be lost.
  if (identity(path_) == opened_[0] && !overwritten()) {
    sqlite3_db_config(session_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
  }
}

int SqliteFiles::write_back(void* files, sqlite3* session, const char* database, int frames) {
  const auto most = static_cast<int>(kRequestWritesBack);
  if (frames < most) return SQLITE_OK;
  const auto index = index_of(session);
  if (index && frames - static_cast<int>(index->written_back) < most) return SQLITE_OK;
  if (!static_cast<SqliteFiles*>(files)->complaint().empty()) return SQLITE_OK;
  // If it cannot be done now, the next transaction tries again.
  sqlite3_wal_checkpoint_v2(session, database, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  return SQLITE_OK;
}

bool SqliteFiles::write_log_back() {
  const auto index = index_of(session_);
  const std::int64_t bytes = size_of_log(path_).bytes;
  const bool large = index && (index->frames >= kBeginAgain || bytes > kEmpty);
  if (!index || (!large && index->frames - index->written_back < kWriteBack)) return true;
  if (!complaint().empty()) return true;
  // This keeps no writer and no reader waiting, and does nearly all.
  int frames = 0;
  int written_back = 0;
  sqlite3_wal_checkpoint_v2(session_, "main", SQLITE_CHECKPOINT_PASSIVE, &frames, &written_back);
  if (frames - written_back > static_cast<int>(kWriteBack)) return false;
  if (large && begun_again_ != index) begin_log_again();
  return true;
}

// SQLite begins a log again only at a moment when nobody reads in it, which under load does not
// come by itself: so this keeps writers out for that moment, while the caller's busy handler waits.
void SqliteFiles::begin_log_again() {
  const bool empty = size_of_log(path_).bytes > kEmpty;
  const int how = empty ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_RESTART;
  const int code = sqlite3_wal_checkpoint_v2(session_, "main", how, nullptr, nullptr);
  if (code == SQLITE_OK) begun_again_ = index_of(session_);  // the next writer begins
}

// True if the file that the session has open is no longer the one at the path.
bool SqliteFiles::moved() const {
  int moved = 0;
  sqlite3_file_control(session_, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  return moved != 0;
}

// The index then knows of transactions that the file at the path has not.
std::string SqliteFiles::complaint_of_log(const std::string& path, sqlite3* session) {
  for (int looks = 0;; ++looks) {
    const auto index = index_of(session);
    const SqliteLogSize log = size_of_log(path);
    if (!index || index->frames == 0) return "";
    const std::int64_t needed = kLogHeader + (kFrameHeader + log.page) * index->frames;
    if (index->salts == log.salts && log.bytes >= needed) return "";
    if (looks == kLooks) return std::string(kLogLost);
    std::this_thread::sleep_for(kBetweenLooks);
  }
}

std::string SqliteFiles::complaint() {
  const auto now = identities();
  if (now[0] != opened_[0]) {
    return "another file lies there than this program has opened" + std::string(kStop);
  }
  if (!complaint_of_log_.empty()) return complaint_of_log_;
  if (now[1] != opened_[1] || now[2] != opened_[2]) return std::string(kLogLost);
  if (overwritten()) {
    return "it was overwritten while programs had it open" + std::string(kStop);
  }
  return "";
}

// The header changes when the log is written back. Then the log has its state, or is empty, and the
// session sees the same state as the file; unless somebody has committed between these two looks,
// which the log tells at the next one.
bool SqliteFiles::overwritten() {
  for (int looks = 0;; ++looks) {
    const auto header = header_of(session_);
    if (header == header_) return false;
    const SqliteLog log = judge_log(session_);
    if (log == SqliteLog::kForeign) return true;
    if (log == SqliteLog::kOwn || (header && state() == header->state)) {
      header_ = header;
      return false;
    }
    if (looks == kLooks) return true;
    std::this_thread::sleep_for(kBetweenLooks);
  }
}

std::optional<std::uint32_t> SqliteFiles::state() {
  if (!state_) {
    sqlite3_stmt* prepared = nullptr;
    const int code = sqlite3_prepare_v3(session_, "PRAGMA application_id", -1,
                                        SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
    state_.reset(prepared);
    if (code != SQLITE_OK) return std::nullopt;
  }
  std::optional<std::uint32_t> state;
  if (sqlite3_step(state_.get()) == SQLITE_ROW) {
    state = static_cast<std::uint32_t>(sqlite3_column_int64(state_.get(), 0));
  }
  sqlite3_reset(state_.get());
  return state;
}

Result<Done> SqliteFiles::sign() {
  const auto before = state();
  const std::string sql = "PRAGMA user_version = " + std::to_string(before.value_or(0)) +
                          "; PRAGMA application_id = " + std::to_string(random_state());
  if (before && sqlite3_exec(session_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) {
    return Done{};
  }
  return unavailable("database " + path_ + ": " + sqlite3_errmsg(session_));
}

}  // namespace portal
