#include "core/base/system_error.h"

#include <fcntl.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <system_error>

#include "core/base/descriptor.h"

namespace portal {
namespace {

struct Row {
  Shortage shortage;
  int number;              // errno
  std::string_view state;  // SQLSTATE of PostgreSQL; empty: none
  std::string_view words;
};

// ENFILE stands before EMFILE, whose message is the beginning of the other one.
constexpr auto kShortages = std::to_array<Row>({
    {Shortage::kDisk, ENOSPC, "53100",
     "the disk is full, so nothing can be stored: make room (`df -h` and `df -i` show which file "
     "system it is)"},
    {Shortage::kQuota, EDQUOT, "",
     "the user's disk quota is used up: raise it or make room (`quota` shows it)"},
    {Shortage::kSystemDescriptors, ENFILE, "",
     "this machine has no file descriptor left: raise fs.file-max (`sysctl fs.file-nr` shows it)"},
    {Shortage::kDescriptors, EMFILE, "",
     "the program has no file descriptor left: raise LimitNOFILE= of its unit, or `ulimit -n`"},
    {Shortage::kMemory, ENOMEM, "53200",
     "out of memory: raise MemoryMax= of the unit, or give the machine more memory"},
});

// A program that needs a few blocks finds as good as none.
constexpr std::uint64_t kNearlyFull = std::uint64_t{64} * 1024;  // bytes

}  // namespace

std::string_view words_of(Shortage shortage) {
  return std::ranges::find(kShortages, shortage, &Row::shortage)->words;
}

std::string_view words_of_sqlstate(std::string_view state) {
  if (state.empty()) return "";
  const auto* const row = std::ranges::find(kShortages, state, &Row::state);
  return row == kShortages.end() ? "" : row->words;
}

std::string explained(std::string text) {
  const auto* const row = std::ranges::find_if(kShortages, [&](const Row& candidate) {
    return text.find(std::generic_category().message(candidate.number)) != std::string::npos;
  });
  if (row != kShortages.end()) text.append("; ").append(row->words);
  return text;
}

std::string system_error(int number) {
  return explained(std::generic_category().message(number));
}

std::string trouble_with(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK));
  struct statvfs space = {};
  if (!file || ::fstatvfs(file.get(), &space) != 0) return system_error();
  // Some file systems count no inodes and say 0 of 0.
  const bool full =
      space.f_bavail * space.f_frsize < kNearlyFull || (space.f_files > 0 && space.f_favail == 0);
  return full ? std::string(words_of(Shortage::kDisk)) : "";
}

}  // namespace portal
