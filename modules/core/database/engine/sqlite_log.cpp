#include "core/database/engine/sqlite_log.h"

#include <Poco/URI.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <functional>
#include <memory>
#include <thread>
#include <utility>

#include "core/base/descriptor.h"

namespace portal {
namespace {

constexpr std::size_t kHeader = 100;  // bytes of the database's header
constexpr std::string_view kMagic("SQLite format 3\0", 16);
constexpr std::size_t kWriteVersion = 18;  // 1: rollback journal, 2: WAL
constexpr std::size_t kUserVersion = 60;
constexpr std::size_t kApplicationId = 68;

constexpr std::int64_t kLogHeader = 32;
constexpr std::size_t kLogPageSize = 8;
constexpr std::size_t kLogSalts = 16;
constexpr std::uint32_t kLogMagic = 0x377f0682;  // one more: checksums are of big-endian words
constexpr std::size_t kLogChecksummed = 24;

constexpr std::int64_t kFrameHeader = 24;  // before each page
constexpr std::size_t kFrameSalts = 8;
constexpr std::size_t kFrameChecksum = 16;

// While programs write, a look at file and log together may not fit; so it is repeated.
constexpr int kLooks = 100;
constexpr auto kBetweenLooks = std::chrono::milliseconds(2);

using Bytes = std::array<char, kFrameHeader + kHeader>;

std::uint32_t number(const char* bytes, std::size_t offset) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    value = (value << 8U) | static_cast<unsigned char>(bytes[offset + i]);
  }
  return value;
}

// The running checksum of a log: of its header, and then of each frame.
// https://www.sqlite.org/fileformat2.html, "Checksum Algorithm"
class Checksum {
 public:
  explicit Checksum(bool big_endian) : big_endian_(big_endian) {}
  void add(std::string_view bytes) {
    for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
      first_ += word(bytes, at) + second_;
      second_ += word(bytes, at + 4) + first_;
    }
  }
  bool stands_at(const char* bytes, std::size_t offset) const {
    return number(bytes, offset) == first_ && number(bytes, offset + 4) == second_;
  }

 private:
  std::uint32_t word(std::string_view bytes, std::size_t at) const {
    const std::uint32_t value = number(bytes.data(), at);
    return big_endian_ ? value : __builtin_bswap32(value);
  }
  const bool big_endian_;
  std::uint32_t first_ = 0;
  std::uint32_t second_ = 0;
};

SqliteHeader states_of(const char* page) {
  return {.state = number(page, kApplicationId),
          .before = number(page, kUserVersion),
          .wal = page[kWriteVersion] == 2};
}

SqliteSalts salts_of(const char* bytes, std::size_t offset) {
  SqliteSalts salts;
  std::copy_n(bytes + offset, salts.size(), salts.begin());
  return salts;
}

// Reads `size` bytes at `offset` of a file. False: it has not so many.
using ReadAt = std::function<bool(char* bytes, std::size_t size, std::int64_t offset)>;

// A log is read by a descriptor of its own, because nothing in it is locked. The database and its
// -shm must never be: a process that closes any descriptor of a file loses all its locks on it.
ReadAt log_of(const std::string& path) {
  const auto log =
      std::make_shared<Descriptor>(open((path + "-wal").c_str(), O_RDONLY | O_CLOEXEC));
  return [log](char* bytes, std::size_t size, std::int64_t offset) {
    return *log && pread(log->get(), bytes, size, offset) == static_cast<ssize_t>(size);
  };
}

// `which`: SQLITE_FCNTL_FILE_POINTER or SQLITE_FCNTL_JOURNAL_POINTER.
ReadAt file_of(sqlite3* session, int which) {
  sqlite3_file* file = nullptr;
  sqlite3_file_control(session, "main", which, &file);
  return [file](char* bytes, std::size_t size, std::int64_t offset) {
    return file != nullptr && file->pMethods != nullptr &&
           file->pMethods->xRead(file, bytes, static_cast<int>(size), offset) == SQLITE_OK;
  };
}

// The index in FILE-shm. https://www.sqlite.org/walformat.html, "The WAL-Index Header"
constexpr int kIndexPart = 32768;
struct IndexHeader {
  std::array<std::uint32_t, 4> unused;
  std::uint32_t frames;
  std::array<std::uint32_t, 3> also_unused;
  SqliteSalts salts;
  std::array<std::uint32_t, 14> checksum_and_copy;
  std::uint32_t written_back;
  std::array<std::uint32_t, 5> reads_until;
};

struct LogHeader {
  std::uint32_t page = 0;  // its size; 0: there is no log
  SqliteSalts salts = {};
};

LogHeader log_header(const ReadAt& log) {
  std::array<char, kLogHeader> bytes = {};
  if (!log(bytes.data(), bytes.size(), 0)) return {};
  if ((number(bytes.data(), 0) & ~1U) != kLogMagic) return {};
  return {number(bytes.data(), kLogPageSize), salts_of(bytes.data(), kLogSalts)};
}

// A log that can be read while others write to it.
class Log {
 public:
  // `frames`: as many as the index has; nothing: as far as the salts tell.
  Log(ReadAt read, std::optional<std::uint32_t> frames)
      : read_(std::move(read)), frames_(frames), begin_(log_header(read_)) {}

  const SqliteSalts& salts() const { return begin_.salts; }

  SqliteLog judge(const std::optional<SqliteHeader>& header) const {
    const SqliteLog verdict = judge_all(header);
    if (verdict != SqliteLog::kForeign || frames_) return verdict;
    // The last frames may be half written: by a program that still writes, or was killed, or when
    // the power failed. There an earlier log's page can lie under a header of this log.
    return Log(read_, whole_frames()).judge_all(header);
  }

 private:
  SqliteLog judge_all(const std::optional<SqliteHeader>& header) const {
    SqliteLog verdict = SqliteLog::kEmpty;
    if (begin_.page < kHeader) return verdict;
    for (std::int64_t frame = 0; const auto found = states_at(frame); ++frame) {
      if (!header || !header->wal) return SqliteLog::kForeign;
      if (verdict == SqliteLog::kEmpty) verdict = SqliteLog::kUnknown;
      if (!found->page_1) continue;
      if (found->lead_to(*header)) return SqliteLog::kOwn;
      verdict = SqliteLog::kForeign;
      // The state is that of one of the newest transactions, most likely.
      if (frames_) return judge_backwards(*header, frame);
    }
    return verdict;
  }

  struct States : SqliteHeader {
    bool page_1 = false;
    bool lead_to(const SqliteHeader& file) const {
      return state == file.state || before == file.state;
    }
  };

  // A frame with other salts is left of an earlier log, and ends this one.
  std::optional<States> states_at(std::int64_t frame) const {
    Bytes bytes = {};
    if (frames_ && frame >= *frames_) return std::nullopt;
    if (!read_(bytes.data(), bytes.size(), kLogHeader + frame * (kFrameHeader + begin_.page)) ||
        salts_of(bytes.data(), kFrameSalts) != begin_.salts) {
      return std::nullopt;
    }
    States states{states_of(bytes.data() + kFrameHeader)};
    states.page_1 = number(bytes.data(), 0) == 1;
    return states;
  }

  // How many frames, from the first, are as they were meant to be. SQLite uses no others.
  std::uint32_t whole_frames() const {
    std::array<char, kLogHeader> head = {};
    if (!read_(head.data(), head.size(), 0)) return 0;
    Checksum sum((number(head.data(), 0) & 1U) == 1);
    sum.add({head.data(), kLogChecksummed});
    if (!sum.stands_at(head.data(), kLogChecksummed)) return 0;
    std::string frame(kFrameHeader + begin_.page, '\0');
    for (std::uint32_t whole = 0;; ++whole) {
      const auto offset = kLogHeader + static_cast<std::int64_t>(whole * frame.size());
      if (!read_(frame.data(), frame.size(), offset)) return whole;
      sum.add(std::string_view(frame).substr(0, kFrameSalts));
      sum.add(std::string_view(frame).substr(kFrameHeader));
      const bool same_log = salts_of(frame.data(), kFrameSalts) == begin_.salts;
      if (!same_log || !sum.stands_at(frame.data(), kFrameChecksum)) return whole;
    }
  }

  SqliteLog judge_backwards(const SqliteHeader& header, std::int64_t down_to) const {
    for (std::int64_t frame = *frames_ - 1; frame > down_to; --frame) {
      const auto found = states_at(frame);
      if (found && found->page_1 && found->lead_to(header)) return SqliteLog::kOwn;
    }
    return SqliteLog::kForeign;
  }

  const ReadAt read_;
  const std::optional<std::uint32_t> frames_;
  const LogHeader begin_;
};

SqliteLog judge(const std::function<Log()>& log,
                const std::function<std::optional<SqliteHeader>()>& header) {
  for (int looks = 0;; ++looks) {
    // In this order: what is in the file was in the log before.
    const auto before = header();
    const Log now = log();
    const SqliteLog verdict = now.judge(before);
    const bool still = before == header() && log().salts() == now.salts();
    if (verdict != SqliteLog::kForeign || still || looks == kLooks) return verdict;
    std::this_thread::sleep_for(kBetweenLooks);
  }
}

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};

}  // namespace

std::string sqlite_uri(const std::string& path, const std::string& parameters) {
  std::string encoded;
  Poco::URI::encode(path, "?#", encoded);
  return "file:" + encoded + "?" + parameters;
}

std::optional<SqliteHeader> header_of(sqlite3* session) {
  std::array<char, kHeader> bytes = {};
  if (!file_of(session, SQLITE_FCNTL_FILE_POINTER)(bytes.data(), bytes.size(), 0) ||
      std::memcmp(bytes.data(), kMagic.data(), kMagic.size()) != 0) {
    return std::nullopt;
  }
  return states_of(bytes.data());
}

// SQLite opens the file, because the process would lose the locks of its sessions if it closed the
// file itself.
std::optional<SqliteHeader> header_of(const std::string& path) {
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(sqlite_uri(path, "immutable=1").c_str(), &opened,
                                   SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nullptr);
  const std::unique_ptr<sqlite3, Close> session(opened);
  return code == SQLITE_OK ? header_of(opened) : std::nullopt;
}

SqliteLog judge_log(const std::string& path) {
  return judge([&] { return Log(log_of(path), std::nullopt); }, [&] { return header_of(path); });
}

SqliteLog judge_log(sqlite3* session) {
  const auto log = [&] {
    const auto index = index_of(session);
    return Log(file_of(session, SQLITE_FCNTL_JOURNAL_POINTER),
               index ? std::optional(index->frames) : std::nullopt);
  };
  return judge(log, [&] { return header_of(session); });
}

std::optional<SqliteIndex> index_of(sqlite3* session) {
  sqlite3_file* file = nullptr;
  sqlite3_file_control(session, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  const auto header = header_of(session);
  if (!header || !header->wal || file->pMethods->iVersion < 2) return std::nullopt;
  void volatile* part = nullptr;
  if (file->pMethods->xShmMap(file, 0, kIndexPart, 0, &part) != SQLITE_OK || part == nullptr) {
    return std::nullopt;
  }
  IndexHeader index;
  std::memcpy(&index, const_cast<const void*>(part), sizeof index);
  return SqliteIndex{.frames = index.frames,
                     .salts = index.salts,
                     .written_back = index.written_back,
                     .reads_until = index.reads_until};
}

SqliteLogSize size_of_log(const std::string& path) {
  struct stat status = {};
  if (stat((path + "-wal").c_str(), &status) != 0) return {};
  const LogHeader header = log_header(log_of(path));
  return {.bytes = status.st_size, .page = header.page, .salts = header.salts};
}

}  // namespace portal
