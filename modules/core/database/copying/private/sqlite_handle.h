// SQLite sessions of this folder's own, beside Database: for whole files, with SQLite's own
// interface.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace portal {

struct CloseSqlite {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
using SqliteHandle = std::unique_ptr<sqlite3, CloseSqlite>;

// The errors of these functions are kUnavailable, unless something else is said: the path and
// SQLite's reason.

// `system` is SQLite's module for files, or null for the usual one.
Result<SqliteHandle> open_sqlite(const std::string& path, const char* system = nullptr);

Result<Done> execute(const std::string& path, sqlite3* handle, const char* sql);

// Returns the first column of all rows.
Result<std::vector<std::string>> texts(const std::string& path, sqlite3* handle,
                                       const std::string& sql);

}  // namespace portal
