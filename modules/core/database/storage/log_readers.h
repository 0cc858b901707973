// Who reads a SQLite database as it was some time ago. Such a reader keeps the write-ahead log from
// being written back and begun again, so the log grows as long as he reads.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace portal {

class Connection;

struct LogReader {
  pid_t pid = 0;  // 0: in another container
  std::string program;
  int lock = 0;             // which of the log's locks he holds
  std::uint32_t until = 0;  // how much of the log he sees, in pages
  bool operator==(const LogReader&) const = default;
};

// The processes, but for this one, that are reading at this moment, as /proc/locks tells. Most of
// them have ended a millisecond later: who is still there unchanged after seconds reads without an
// end. Nobody, on PostgreSQL, or if it cannot be found out.
std::vector<LogReader> log_readers(Connection& connection);

// Those of `before` that are reading still.
std::vector<LogReader> still_reading(const std::vector<LogReader>& before,
                                     const std::vector<LogReader>& now);

// "sqlite3 (process 4242)"
std::string name_of(const LogReader& reader);

}  // namespace portal
