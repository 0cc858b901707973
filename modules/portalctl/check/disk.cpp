// The probe of the disks: bytes and inodes that are left in every folder that is written.
#include "portalctl/check/disk.h"

#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

#include "core/base/system_error.h"
#include "portalctl/check/probe.h"
#include "portalctl/printing.h"

namespace portalctl {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMiB = 1024UL * 1024;
constexpr std::uint64_t kGiB = 1024 * kMiB;
constexpr std::uint64_t kFaultBytes = 64 * kMiB;  // a day of a small portal
constexpr std::uint64_t kWarnBytes = 512 * kMiB;
constexpr std::uint64_t kEnoughBytes = 10 * kGiB;  // whatever share of the disk that is
constexpr std::uint64_t kFaultInodes = 1000;
constexpr std::uint64_t kEnoughInodes = 100'000;
constexpr double kWarnShare = 0.05;

// The files that running programs of the portal write their log to, as far as this user may see.
std::set<std::string> log_files() {
  std::set<std::string> files;
  std::error_code error;
  for (fs::directory_iterator entry("/proc", error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code other;  // a process that has ended, or of another user
    const fs::path program = fs::read_symlink(entry->path() / "exe", other);
    if (!program.filename().string().starts_with("portal-")) continue;
    const fs::path log = fs::read_symlink(entry->path() / "fd/2", other);
    if (!other && fs::is_regular_file(log, other)) files.insert(log);
  }
  return files;
}

std::vector<Disk> folders_of(const portal::Settings& settings) {
  std::vector<Disk> all;
  const auto add = [&](const fs::path& folder, const char* what) {
    if (!folder.empty()) all.push_back({.folder = folder, .what = what, .error = {}});
  };
  if (settings.text("database.connector") == "SQLite") {
    add(fs::absolute(settings.text("database.connection")).parent_path(), "database and -wal");
  }
  if (settings.text("mail.transport") == "maildir") add(settings.text("mail.maildir"), "mails");
  add(settings.text("metrics.directory"), "metrics");
  add(settings.text("backup.directory"), "backups");
  for (const fs::path log : log_files()) add(log.parent_path(), "log");
  add("/var/log", "log");
  return all;
}

void ask(Disk& disk) {
  struct statvfs status = {};
  if (statvfs(disk.folder.c_str(), &status) != 0) {
    disk.error = portal::system_error();
    return;
  }
  // What is kept for root does not help the portal's users.
  disk.free = std::uint64_t{status.f_bavail} * status.f_frsize;
  disk.size = std::uint64_t{status.f_blocks} * status.f_frsize;
  disk.free_inodes = status.f_favail;
  disk.inodes = status.f_files;
}

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 1 : static_cast<double>(part) / static_cast<double>(whole);
}

Level level_of_bytes(const Disk& disk) {
  if (disk.free < kFaultBytes) return Level::kFault;
  const bool little = disk.free < kWarnBytes || share(disk.free, disk.size) < kWarnShare;
  return little && disk.free < kEnoughBytes ? Level::kWarning : Level::kOk;
}

Level level_of_inodes(const Disk& disk) {
  if (disk.inodes == 0) return Level::kOk;
  if (disk.free_inodes < kFaultInodes) return Level::kFault;
  const bool little = share(disk.free_inodes, disk.inodes) < kWarnShare;
  return little && disk.free_inodes < kEnoughInodes ? Level::kWarning : Level::kOk;
}

std::string size_text(std::uint64_t bytes) {
  return bytes >= 10 * kGiB ? std::to_string(bytes / kGiB) + " GB"
                            : std::to_string(bytes / kMiB) + " MB";
}

void judge(const Disk& disk, Findings& findings) {
  const std::string at = disk.folder + " (" + disk.what + ")";
  if (!disk.error.empty()) {
    findings.push_back(unknown(at + ": " + disk.error, "portalctl check, as root"));
    return;
  }
  if (const Level level = level_of_bytes(disk); level != Level::kOk) {
    findings.push_back({level,
                        at + " has " + size_text(disk.free) + " left of " + size_text(disk.size) +
                            ": when the disk is full nothing can be stored: make room",
                        "df -h " + disk.folder});
  }
  if (const Level level = level_of_inodes(disk); level != Level::kOk) {
    findings.push_back({level,
                        at + " has " + std::to_string(disk.free_inodes) + " inodes left of " +
                            std::to_string(disk.inodes) +
                            ": without one no file can be made: remove small files",
                        "df -i " + disk.folder});
  }
}

}  // namespace

std::vector<Disk> disks_of(const portal::Settings& settings) {
  std::vector<Disk> all;
  for (Disk& disk : folders_of(settings)) {
    std::error_code error;
    if (!fs::exists(disk.folder, error) && !error) continue;
    if (std::ranges::find(all, disk.folder, &Disk::folder) != all.end()) continue;
    ask(disk);
    all.push_back(std::move(disk));
  }
  return all;
}

Findings probe_disk(const Subject& subject) {
  const auto disks = disks_of(subject.settings);
  Findings findings;
  for (const Disk& disk : disks) judge(disk, findings);
  if (!findings.empty()) return findings;
  if (disks.empty()) return {not_applicable("no folder that is written is on this machine")};
  const auto fullest = std::ranges::min_element(disks, {}, &Disk::free);
  return {ok("least in " + fullest->folder + ": " + size_text(fullest->free) + " of " +
             size_text(fullest->size) + " left")};
}

}  // namespace portalctl
