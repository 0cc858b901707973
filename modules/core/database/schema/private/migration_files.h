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

// Reads all *.sql files whose names begin with a digit, in ascending order. They must be numbered
// 1, 2, 3 … without a gap. The error names the wrong file.
Result<std::vector<MigrationFile>> read_migrations(const std::string& directory);

// Splits a file into its statements. Blank lines separate them. Lines that begin with `--` are
// dropped, except a statement's first line `-- only: SQLite` or `-- only: PostgreSQL`.
std::vector<std::string> split_statements(std::string_view sql);

// True if the statement is for this connector (database.connector): its first line says so, or says
// nothing.
bool meant_for(std::string_view statement, std::string_view connector);

}  // namespace portal
