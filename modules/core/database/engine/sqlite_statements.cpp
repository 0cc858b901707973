#include "core/database/engine/sqlite_statements.h"

#include <Poco/Data/SQLite/Utility.h>

#include <cassert>

#include "core/database/engine/statement_counts.h"

namespace portal {
namespace {

void expect(sqlite3* session, int code) {
  if (code != SQLITE_OK) Poco::Data::SQLite::Utility::throwException(session, code);
}

std::string text_of(sqlite3_stmt* statement, int column) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
  if (text == nullptr) return "";
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))};
}

}  // namespace

// A statement while it is executed. It refers to the values, which live longer.
class SqliteStatements::Use {
 public:
  Use(sqlite3* session, sqlite3_stmt* statement, const Values& values)
      : session_(session), statement_(statement) {
    assert(static_cast<std::size_t>(sqlite3_bind_parameter_count(statement)) == values.size());
    int place = 0;
    for (const Value& value : values) {
      std::visit([&](const auto& content) { bind(++place, content); }, value.content);
    }
  }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;
  // What a failed statement returns here again was thrown by next().
  ~Use() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }

  // False: there is no other row.
  bool next() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) expect(session_, code);
    return false;
  }

 private:
  void bind(int place, std::int64_t number) {
    expect(session_, sqlite3_bind_int64(statement_, place, number));
  }
  void bind(int place, const std::string& text) {
    expect(session_, sqlite3_bind_text64(statement_, place, text.data(), text.size(), SQLITE_STATIC,
                                         SQLITE_UTF8));
  }

  sqlite3* const session_;
  sqlite3_stmt* const statement_;
};

sqlite3_stmt* SqliteStatements::compiled(const std::string& sql) {
  count_executed_statement();
  if (const auto kept = kept_.find(sql); kept != kept_.end()) return kept->second.get();
  count_compiled_statement();
  sqlite3_stmt* prepared = nullptr;
  const int code = sqlite3_prepare_v3(session_, sql.c_str(), static_cast<int>(sql.size()) + 1,
                                      SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
  Statement statement(prepared);
  expect(session_, code);
  return kept_.emplace(sql, std::move(statement)).first->second.get();
}

std::size_t SqliteStatements::execute(const std::string& sql, const Values& values) {
  sqlite3_stmt* const statement = compiled(sql);
  Use use(session_, statement, values);
  while (use.next()) {
  }
  if (sqlite3_stmt_readonly(statement) != 0) return 0;
  return static_cast<std::size_t>(sqlite3_changes64(session_));
}

std::vector<Row> SqliteStatements::select(const std::string& sql, std::size_t columns,
                                          const Values& values) {
  sqlite3_stmt* const statement = compiled(sql);
  assert(static_cast<std::size_t>(sqlite3_column_count(statement)) == columns);
  Use use(session_, statement, values);
  std::vector<Row> rows;
  while (use.next()) {
    Row& row = rows.emplace_back();
    row.reserve(columns);
    for (std::size_t column = 0; column < columns; ++column) {
      row.push_back(text_of(statement, static_cast<int>(column)));
    }
  }
  return rows;
}

}  // namespace portal
