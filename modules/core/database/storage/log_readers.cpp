#include "core/database/storage/log_readers.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

#include "core/database/engine/connection.h"
#include "core/database/engine/sqlite_files.h"

namespace portal {
namespace {

// The bytes of FILE-shm that readers lock. https://www.sqlite.org/walformat.html, "WAL Locks"
constexpr std::uint64_t kFirstReadLock = 123;

// A line of /proc/locks: "7: POSIX  ADVISORY  READ 4242 fd:01:1310 124 124". See proc_locks(5).
struct HeldLock {
  std::string kind;
  std::string access;
  std::string file;  // device and inode
  pid_t pid = 0;
  std::uint64_t first = 0;
};

std::optional<HeldLock> held_lock(const std::string& line) {
  std::istringstream words(line);
  std::string number;
  std::string advisory;
  HeldLock lock;
  words >> number >> lock.kind >> advisory >> lock.access >> lock.pid >> lock.file >> lock.first;
  if (!words) return std::nullopt;  // one that waits has another form
  return lock;
}

std::string program_of(pid_t pid) {
  std::string name;
  std::getline(std::ifstream("/proc/" + std::to_string(pid) + "/comm"), name);
  return name.empty() ? "unknown program" : name;
}

}  // namespace

std::vector<LogReader> log_readers(Connection& connection) {
  std::vector<LogReader> readers;
  if (connection.is_postgresql()) return readers;
  const auto index = index_of(connection.files().session());
  struct stat shm = {};
  if (!index || stat((connection.files().path() + "-shm").c_str(), &shm) != 0) return readers;
  const std::string inode = ":" + std::to_string(shm.st_ino);
  std::ifstream locks("/proc/locks");
  for (std::string line; std::getline(locks, line);) {
    const auto lock = held_lock(line);
    if (!lock || lock->kind != "POSIX" || lock->access != "READ" || !lock->file.ends_with(inode)) {
      continue;
    }
    const std::uint64_t which = lock->first - kFirstReadLock;
    if (which >= index->reads_until.size() || lock->pid == getpid()) continue;
    readers.push_back(
        {lock->pid, program_of(lock->pid), static_cast<int>(which), index->reads_until[which]});
  }
  return readers;
}

std::vector<LogReader> still_reading(const std::vector<LogReader>& before,
                                     const std::vector<LogReader>& now) {
  std::vector<LogReader> still;
  std::ranges::copy_if(before, std::back_inserter(still), [&](const LogReader& reader) {
    return std::ranges::find(now, reader) != now.end();
  });
  return still;
}

std::string name_of(const LogReader& reader) {
  return reader.program + " (process " + std::to_string(reader.pid) + ")";
}

}  // namespace portal
