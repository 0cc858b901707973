// The probe of SQLite's file: where it lies, and whether locks work there.
#include <fcntl.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "core/base/descriptor.h"
#include "core/base/system_error.h"
#include "core/database/database.h"
#include "core/database/schema/inspection.h"
#include "core/database/storage/log_readers.h"
#include "portalctl/check/probe.h"

namespace portalctl {
namespace {

namespace fs = std::filesystem;

// The write-ahead log needs memory that all programs share, so they must be on one machine
// (https://www.sqlite.org/wal.html, "Overview"). Numbers: statfs(2), linux/magic.h.
struct NetworkFileSystem {
  unsigned long number;
  const char* name;
};
constexpr std::array kNetwork = {
    NetworkFileSystem{0x6969, "NFS"},      NetworkFileSystem{0x517b, "SMB"},
    NetworkFileSystem{0xff534d42, "CIFS"}, NetworkFileSystem{0xfe534d42, "SMB2"},
    NetworkFileSystem{0x5346414f, "AFS"},  NetworkFileSystem{0x00c36400, "Ceph"},
    NetworkFileSystem{0x01161970, "GFS2"}, NetworkFileSystem{0x7461636f, "OCFS2"},
};
constexpr std::uintmax_t kLargeWal = 64UL * 1024 * 1024;

std::string network_name(const std::string& folder) {
  struct statfs status = {};
  if (statfs(folder.c_str(), &status) != 0) return "";
  const auto number = static_cast<unsigned long>(status.f_type) & 0xffffffffUL;
  const auto* found = std::ranges::find(kNetwork, number, &NetworkFileSystem::number);
  return found == kNetwork.end() ? "" : found->name;
}

// 0, or errno. It locks as SQLite does, but by descriptor, so that two locks of one process exclude
// each other.
int lock(int descriptor) {
  struct flock range = {};
  range.l_type = F_WRLCK;
  range.l_whence = SEEK_SET;
  return fcntl(descriptor, F_OFD_SETLK, &range) == 0 ? 0 : errno;
}

// What is wrong with locks on the files of that folder, or nothing.
std::string complaint_of_locks(const std::string& folder) {
  std::string path = folder + "/portalctl-check-XXXXXX";
  const portal::Descriptor first(mkostemp(path.data(), O_CLOEXEC));
  if (first.get() < 0) {
    return folder + ": " + portal::system_error() +
           ": SQLite makes files beside the database: give the folder to the programs' user";
  }
  const portal::Descriptor second(open(path.c_str(), O_RDWR | O_CLOEXEC));
  unlink(path.c_str());
  const int taken = lock(first.get());
  const int again = lock(second.get());
  if (taken == 0 && (again == EAGAIN || again == EACCES)) return "";
  return folder + ": locks do not work there (" +
         (taken != 0 ? portal::system_error(taken) : std::string("two hold the same")) +
         "): the database would be damaged: put it on a disk of this machine";
}

// Those who read from the first of many looks to the last. Who is gone at the first is not waited
// for.
std::vector<portal::LogReader> long_readers(portal::Database& database,
                                            std::chrono::milliseconds patience) {
  constexpr auto kBetweenLooks = std::chrono::milliseconds(100);
  using Readers = std::vector<portal::LogReader>;
  const auto look = [&] {
    const auto found = database.read(
        [](portal::Connection& connection) { return portal::log_readers(connection); });
    return found ? *found : Readers();
  };
  const auto deadline = std::chrono::steady_clock::now() + patience;
  Readers readers = look();
  while (!readers.empty() && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(kBetweenLooks);
    readers = portal::still_reading(readers, look());
  }
  return readers;
}

Finding finding_of(const portal::LogReader& reader, std::chrono::milliseconds patience) {
  const std::string pid = std::to_string(reader.pid);
  return warning(portal::name_of(reader) + " has been reading for over " +
                     std::to_string(patience.count() / 1000) +
                     " s, and meanwhile the write-ahead log can only grow: unless it is a backup "
                     "or a report, stop it",
                 "ps -fp " + pid);
}

}  // namespace

Findings probe_sqlite(const Subject& subject) {
  if (subject.postgresql()) return {not_applicable("database.connector = PostgreSQL")};
  const std::string file = fs::absolute(subject.settings.text("database.connection"));
  std::error_code error;
  if (!fs::exists(file, error)) return {not_applicable("there is no file yet, see database")};
  const std::string folder = fs::path(file).parent_path();
  if (const std::string network = network_name(folder); !network.empty()) {
    return {fault(folder + " is on " + network +
                  ": SQLite would damage the database: put it on a disk of this machine, or move "
                  "to PostgreSQL")};
  }
  if (const std::string wrong = complaint_of_locks(folder); !wrong.empty()) return {fault(wrong)};
  portal::Database database(subject.settings, portal::Durability::kFull, 1, subject.patience,
                            portal::kNoSchemaNeeded);
  const auto mode = database.read(
      [](portal::Connection& connection) { return portal::journal_mode(connection); });
  if (!mode) return {not_applicable("it cannot be read, see database")};
  if (*mode != "wal") {
    return {fault(file + ": journal_mode is " + *mode +
                  ", not WAL: does another program use the file?")};
  }
  Findings findings;
  for (const portal::LogReader& reader : long_readers(database, subject.patience)) {
    findings.push_back(finding_of(reader, subject.patience));
  }
  if (!findings.empty()) return findings;
  const auto wal = fs::file_size(file + "-wal", error);
  if (!error && wal > kLargeWal) {
    return {warning(
        file + "-wal has " + std::to_string(wal / 1024 / 1024) +
        " MB: a program read for long, or a backup ran, and no mailer runs that writes it back")};
  }
  return {
      ok("WAL of " + std::to_string(error ? 0 : wal / 1024) + " KB, and locks work in " + folder)};
}

}  // namespace portalctl
