// Copies a SQLite database while programs use it, with SQLite's backup API
// (https://www.sqlite.org/backup.html), which Poco::Data does not offer.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace portal {

struct Backup {
  struct Table {
    std::string name;
    std::int64_t rows = 0;
  };
  std::int64_t bytes = 0;
  std::vector<Table> tables;  // by name
};

// Copies everything that is committed in `database` when it begins into `file` (mode 0600). It
// reads in one read transaction: writers do not wait for it, the copy does not contain what they
// write meanwhile, and it does not begin again because of them. It reads a few MB at a time and
// tells `progress` the number of pages that are done, and of all pages.
//
// The copy gets its name only after SQLite has checked it (integrity_check, foreign_key_check) and
// it is on disk. Until then its name is `file`.partial-XXXXXX, which is removed if something fails.
// An existing file is never replaced. The copy is one file and needs no -wal beside it.
//
// Errors: kRefused if `file` exists or the copy is damaged; kUnavailable for everything else. The
// message says why.
Result<Backup> back_up(const std::string& database, const std::string& file,
                       const std::function<void(std::int64_t done, std::int64_t all)>& progress);

}  // namespace portal
