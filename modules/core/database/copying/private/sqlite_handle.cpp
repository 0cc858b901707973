#include "core/database/copying/private/sqlite_handle.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "core/base/descriptor.h"
#include "core/base/system_error.h"

namespace portal {
namespace {

constexpr int kPatience = 5000;  // milliseconds, for SQLite's own short locks

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

Error why(const std::string& path, sqlite3* handle) {
  return unavailable(path + ": " + sqlite3_errmsg(handle));
}

}  // namespace

Result<SqliteHandle> open_sqlite(const std::string& path, const char* system) {
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READWRITE, system);
  SqliteHandle handle(opened);
  if (code != SQLITE_OK) return why(path, opened);
  sqlite3_busy_timeout(opened, kPatience);
  return handle;
}

Result<Done> execute(const std::string& path, sqlite3* handle, const char* sql) {
  if (sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK) return why(path, handle);
  return Done{};
}

Result<std::vector<std::string>> texts(const std::string& path, sqlite3* handle,
                                       const std::string& sql) {
  sqlite3_stmt* prepared = nullptr;
  if (sqlite3_prepare_v2(handle, sql.c_str(), -1, &prepared, nullptr) != SQLITE_OK) {
    return why(path, handle);
  }
  const std::unique_ptr<sqlite3_stmt, Finalize> statement(prepared);
  std::vector<std::string> rows;
  int code = 0;
  while ((code = sqlite3_step(prepared)) == SQLITE_ROW) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(prepared, 0));
    rows.emplace_back(text == nullptr ? "" : text);
  }
  if (code != SQLITE_DONE) return why(path, handle);
  return rows;
}

}  // namespace portal
