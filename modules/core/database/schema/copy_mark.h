// The mark is a row of schema_migration. It says that the database is the beginning of a copy
// (copy.h).
//
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/database/engine/connection.h"

namespace portal {

inline constexpr std::int64_t kCopyMark = 1000000000;  // greater than any migration's number

// The name of the source of the copy. Nothing if the database is not the beginning of a copy.
inline std::optional<std::string> copy_mark(Connection& connection) {
  const auto rows =
      connection.select("SELECT name FROM schema_migration WHERE version = $1", 1, {kCopyMark});
  if (rows.empty()) return std::nullopt;
  return rows[0][0];
}

inline void set_copy_mark(Connection& connection, const std::string& source) {
  connection.execute("INSERT INTO schema_migration (version, name, applied_at) VALUES ($1, $2, $3)",
                     {kCopyMark, source, system_now()});
}

inline void remove_copy_mark(Connection& connection) {
  connection.execute("DELETE FROM schema_migration WHERE version = $1", {kCopyMark});
}

}  // namespace portal
