// The compiled statements of one SQLite session, by their text.
//
// Poco's connector compiles a SQLite statement anew each time it executes it, also one that is
// kept: that was more than half of a look-up's instructions. Here, with SQLite's own interface,
// each text is compiled once in a session. A change of the schema needs no care: SQLite then
// compiles a statement again by itself (sqlite3_prepare_v3).
//
// Every call runs its statement to the end and resets it, also when it fails. So no statement is in
// the midst of its rows when another one begins, and none that is kept holds a read lock, which
// would keep the log from being written back. The values of a call are forgotten with it.
//
// Errors are Poco's exceptions for SQLite's codes. One thread at a time uses this. It must end
// before its session is closed.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/database/engine/connection.h"

namespace portal {

class SqliteStatements {
 public:
  explicit SqliteStatements(sqlite3* session) : session_(session) {}
  SqliteStatements(const SqliteStatements&) = delete;
  SqliteStatements& operator=(const SqliteStatements&) = delete;

  // Returns the number of rows that were changed.
  std::size_t execute(const std::string& sql, const Values& values);
  // Returns all rows. A NULL is an empty text.
  std::vector<Row> select(const std::string& sql, std::size_t columns, const Values& values);

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

  class Use;
  sqlite3_stmt* compiled(const std::string& sql);

  sqlite3* const session_;
  std::unordered_map<std::string, Statement> kept_;
};

}  // namespace portal
