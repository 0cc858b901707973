#include "core/metrics/textfile.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <vector>

#include "core/base/activity.h"
#include "core/base/system_error.h"

namespace portal::metrics {
namespace {

namespace fs = std::filesystem;

constexpr int kMostProcesses = 1000;  // of a step on one machine
constexpr mode_t kForEverybody = 0644;
constexpr std::string_view kSuffix = ".prom";

// The path of a hidden file, which node_exporter does not read: it reads only *.prom.
std::string hidden(const std::string& stem, const std::string& suffix) {
  const fs::path path(stem);
  return path.parent_path() / ("." + path.filename().string() + suffix);
}

std::string lock_path(const std::string& stem) {
  return hidden(stem, ".lock");
}

// Returns an empty Descriptor if another process holds the lock (errno is EWOULDBLOCK), if the file
// belongs to another user (EACCES), or after another error.
Descriptor take_lock(const std::string& path) {
  for (;;) {
    Descriptor lock(
        ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
    if (!lock || ::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) return {};
    // The last owner may have removed the file between open(2) and flock(2).
    struct stat ours = {};
    struct stat there = {};
    if (::fstat(lock.get(), &ours) == 0 && ::stat(path.c_str(), &there) == 0 &&
        ours.st_ino == there.st_ino) {
      return lock;
    }
  }
}

// Removes the lock file last, while the lock is held: the number becomes free only then.
void remove_files(const std::string& stem) {
  ::unlink((stem + std::string(kSuffix)).c_str());
  ::unlink(lock_path(stem).c_str());
}

// Removes the files of processes of the step that were killed.
void remove_dead(const std::string& directory, const std::string& prefix) {
  std::error_code error;  // if the directory cannot be read, there is nothing to remove
  std::vector<std::string> stems;
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    const fs::path& path = entry.path();
    const std::string stem = path.stem();
    if (path.extension() == kSuffix && stem.starts_with(prefix) &&
        stem.find_first_not_of("0123456789", prefix.size()) == std::string::npos) {
      stems.push_back(path.parent_path() / stem);
    }
  }
  for (const std::string& stem : stems) {
    if (const Descriptor lock = take_lock(lock_path(stem))) remove_files(stem);
  }
}

Error cannot(const std::string& what, const std::string& path) {
  return unavailable("metrics.directory: cannot " + what + " " + path + ": " + system_error());
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

Result<Textfile> Textfile::claim(const std::string& directory, std::string_view step) {
  const std::string prefix = "portal-" + std::string(step) + "-";
  // AT_EACCESS checks the rights of the effective user, who writes the file.
  if (::faccessat(AT_FDCWD, directory.c_str(), R_OK | W_OK | X_OK, AT_EACCESS) != 0) {
    return cannot("write to", directory);
  }
  for (int number = 1; number <= kMostProcesses; ++number) {
    const std::string process = std::to_string(number);
    const std::string stem = fs::path(directory) / (prefix + process);
    if (Descriptor lock = take_lock(lock_path(stem))) {
      Textfile file(stem, process, std::move(lock));
      remove_dead(directory, prefix);
      return file;
    }
    if (errno != EWOULDBLOCK && errno != EACCES) return cannot("lock", lock_path(stem));
  }
  return unavailable("metrics.directory: too many files " + prefix + "*" + std::string(kSuffix));
}

Textfile::~Textfile() {
  if (lock_) remove_files(stem_);
}

std::string Textfile::path() const {
  return stem_ + std::string(kSuffix);
}

Result<Done> Textfile::write(std::string_view text) const {
  const Phase phase(Activity::Kind::kOther, Activity::kDisk);
  const std::string draft = hidden(stem_, ".new");
  const Descriptor file(
      ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, kForEverybody));
  if (!file) return cannot("write", draft);
  const bool written = ::fchmod(file.get(), kForEverybody) == 0 && write_all(file.get(), text) &&
                       ::rename(draft.c_str(), path().c_str()) == 0;
  if (written) return Done{};
  const Error error = cannot("write", path());
  ::unlink(draft.c_str());
  return error;
}

}  // namespace portal::metrics
