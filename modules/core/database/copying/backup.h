// A copy of a SQLite database while programs use it, by SQLite's backup API
// (https://www.sqlite.org/backup.html), which Poco::Data does not have.
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

// Makes `file` (mode 0600) out of what is committed in `database` when it begins. All of it is read
// in one transaction of a reader: writers do not wait for it, what they write meanwhile is not in
// the copy, and it is not begun again because of them. It is done a few MB at a time; `progress` is
// told the pages done, and all pages.
// The copy gets its name only once SQLite has found it whole (integrity_check, foreign_key_check)
// and it is on disk; until then it is `file`.partial-XXXXXX, which goes if something fails. A file
// that is there is never replaced. One file is the whole copy: it needs no -wal beside it.
// Errors: kRefused, `file` is there, or the copy is not whole; kUnavailable, all else, and why.
Result<Backup> back_up(const std::string& database, const std::string& file,
                       const std::function<void(std::int64_t done, std::int64_t all)>& progress);

}  // namespace portal
