// Table audit_archive: which seals of the audit, with their rows, are in a file and no longer in
// the tables (`portalctl audit archive`). Rows are added, and never changed or removed; they say
// how the chain of seals goes on where the tables begin.
//
// The database lets go of rows of the audit only if their seal is in an archive
// (sql/0010_limits.sql).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"

namespace portal {

class Connection;

struct AuditArchive {
  std::int64_t first = 0;    // number of its first seal
  std::int64_t through = 0;  // and of its last
  std::string hash;          // of the last seal
  std::int64_t row_count = 0;
  EpochSeconds archived_at = 0;
  std::string file;    // where it was written
  std::string sha256;  // of the file, hexadecimal
};

class AuditArchives {
 public:
  explicit AuditArchives(Connection& connection) : connection_(connection) {}

  // If the transaction then fails with kRefused, another archive has some of these seals.
  void add(const AuditArchive& archive);
  std::optional<AuditArchive> newest();
  std::optional<AuditArchive> find(std::int64_t through);

  // The number of the last seal after `seal` up to which all rows are older than `before`, and
  // which is not the newest seal of all: that one stays, so that the next one follows it. 0: there
  // is none.
  std::int64_t last_before(std::int64_t seal, EpochSeconds before);
  // The number of the first seal in the tables that is in an archive; 0: all of those are gone.
  std::int64_t first_left_over();
  // Removes one seal, with its rows, that is in an archive. Returns the number of rows.
  std::int64_t remove(std::int64_t seal);

 private:
  Connection& connection_;
};

}  // namespace portal
