// The numbered SQL files of a schema.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace portal {

struct MigrationFile {
  int version = 0;
  std::string name;  // "0001_registration.sql"
  std::vector<std::string> statements;
};

// Of all *.sql whose name begins with a digit, in ascending order, numbered 1, 2, 3 … without a
// gap. The error names the file at fault.
Result<std::vector<MigrationFile>> read_migrations(const std::string& directory);

// Statements are separated by blank lines; lines that begin with `--` are dropped, but for a
// statement's first line `-- only: SQLite` or `-- only: PostgreSQL`.
std::vector<std::string> split_statements(std::string_view sql);

// Whether the statement is for that connector (settings' database.connector): it says so, or
// nothing.
bool meant_for(std::string_view statement, std::string_view connector);

}  // namespace portal
