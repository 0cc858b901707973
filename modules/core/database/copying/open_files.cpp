// programs_with_open(): by the locks on the database, which show every session, and by the open
// files of the processes that this user may look into.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <set>
#include <utility>

#include "core/base/descriptor.h"
#include "core/database/copying/restore.h"

namespace portal {
namespace {

namespace fs = std::filesystem;

using Identity = std::pair<dev_t, ino_t>;

// SQLite's bytes for locks; a session in WAL mode holds a shared lock in them as long as it lives.
// https://www.sqlite.org/fileformat2.html, "The Lock-Byte Page"
constexpr off_t kFirstLock = 0x40000000;
constexpr off_t kLocks = 512;

std::set<Identity> identities(const std::string& database) {
  std::set<Identity> found;
  for (const char* tail : {"", "-wal", "-shm"}) {
    struct stat status = {};
    if (stat((database + tail).c_str(), &status) == 0) found.emplace(status.st_dev, status.st_ino);
  }
  return found;
}

bool has_open(const fs::path& process, const std::set<Identity>& files) {
  std::error_code not_ours;
  for (const auto& descriptor : fs::directory_iterator(process / "fd", not_ours)) {
    struct stat status = {};
    if (stat(descriptor.path().c_str(), &status) != 0) continue;
    if (files.contains({status.st_dev, status.st_ino})) return true;
  }
  return false;
}

std::string name_of(pid_t process) {
  std::string name;
  std::getline(std::ifstream("/proc/" + std::to_string(process) + "/comm"), name);
  return (name.empty() ? "a program" : name) + " (process " + std::to_string(process) + ")";
}

// The process that holds a lock; 0: nobody; -1: somebody whom the kernel does not name.
pid_t lock_holder(const std::string& database) {
  const Descriptor file(open(database.c_str(), O_RDWR | O_CLOEXEC));
  struct flock range = {};
  range.l_type = F_WRLCK;
  range.l_whence = SEEK_SET;
  range.l_start = kFirstLock;
  range.l_len = kLocks;
  if (!file || fcntl(file.get(), F_OFD_GETLK, &range) != 0 || range.l_type == F_UNLCK) return 0;
  return range.l_pid > 0 ? range.l_pid : -1;
}

}  // namespace

std::vector<std::string> programs_with_open(const std::string& database) {
  const auto files = identities(database);
  std::set<pid_t> processes;
  std::error_code ended;
  for (const auto& process : fs::directory_iterator("/proc", ended)) {
    const std::string name = process.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const pid_t number = std::stoi(name);
    if (number != getpid() && has_open(process.path(), files)) processes.insert(number);
  }
  std::vector<std::string> names;
  const pid_t holder = lock_holder(database);
  if (holder > 0) processes.insert(holder);
  for (const pid_t process : processes) names.push_back(name_of(process));
  if (holder < 0 && names.empty()) names.emplace_back("a program of another machine or container");
  return names;
}

}  // namespace portal
