#include "core/database/engine/connection.h"

#include <Poco/Data/Binding.h>
#include <Poco/Data/Extraction.h>
#include <Poco/NumberParser.h>

#include <cassert>
#include <mutex>

#include "core/database/engine/sqlite_files.h"
#include "core/database/engine/sqlite_statements.h"
#include "core/database/engine/statement_counts.h"
#include "core/text/text.h"

namespace portal {

using namespace Poco::Data::Keywords;

Value::Value(const RegistrationNumber& number) : content(number.text()) {
  if (number.empty()) throw Failure(refused("a registration number for the database is missing"));
}

struct Connection::Kept {
  explicit Kept(Poco::Data::Session& session) : statement(session) {}
  Values values;                                  // never resized: the statement refers to them
  std::vector<std::vector<std::string>> columns;  // never resized; one for each result column
  Poco::Data::Statement statement;
  bool executed = false;
};

namespace {

// Poco 1.11's PostgreSQL connector keeps a pointer to the last result after it has freed it. If a
// statement fails that has succeeded before, its destructor frees that result again. So such a
// statement is never destroyed; this costs a few KB for each failure.
void keep_for_ever(std::shared_ptr<void> statement) {
  static std::mutex mutex;
  static auto& statements = *new std::vector<std::shared_ptr<void>>;
  const std::lock_guard lock(mutex);
  statements.push_back(std::move(statement));
}

void check(const Values& values) {
  for (const Value& value : values) {
    const auto* text = std::get_if<std::string>(&value.content);
    if (text != nullptr && !text::valid_utf8(*text)) {
      throw Failure(refused("text for the database is not UTF-8, or has a NUL in it"));
    }
  }
}

void bind(Poco::Data::Statement& statement, Value& value) {
  std::visit([&](auto& content) { statement.addBind(useRef(content)); }, value.content);
}

// Assigns to the same variable, because the statement knows its address.
void assign(Value& kept, const Value& value) {
  assert(kept.content.index() == value.content.index());
  if (auto* text = std::get_if<std::string>(&kept.content)) {
    *text = std::get<std::string>(value.content);
  } else {
    std::get<std::int64_t>(kept.content) = std::get<std::int64_t>(value.content);
  }
}

}  // namespace

Connection::Connection(Poco::Data::Session session, std::unique_ptr<AnswerWatch::Line> line)
    : session_(std::move(session)), line_(std::move(line)) {}

Connection::Connection(Poco::Data::Session session, sqlite3* handle,
                       std::unique_ptr<SqliteFiles> files)
    : session_(std::move(session)),
      files_(std::move(files)),
      compiled_(std::make_unique<SqliteStatements>(handle)) {}

// Poco gives each prepared statement back to the server, which may not answer.
Connection::~Connection() {
  const AnswerWatch::Asking asking(line_.get(), AnswerWatch::kProbe);
  kept_.clear();
}

Connection::Kept& Connection::keep(const std::string& sql, std::size_t columns,
                                   const Values& values) {
  std::shared_ptr<Kept>& kept = kept_[sql];
  if (kept) {
    assert(kept->values.size() == values.size() && kept->columns.size() == columns);
    for (std::size_t i = 0; i < values.size(); ++i) assign(kept->values[i], values[i]);
    for (auto& column : kept->columns) column.clear();
    return *kept;
  }
  count_compiled_statement();
  kept = std::make_shared<Kept>(session_);
  kept->values = values;
  kept->columns.resize(columns);
  kept->statement << sql;
  for (Value& value : kept->values) bind(kept->statement, value);
  for (auto& column : kept->columns) kept->statement.addExtract(into(column));
  return *kept;
}

std::size_t Connection::run(const std::string& sql, Kept& kept) {
  try {
    count_executed_statement();
    const std::size_t rows = kept.statement.execute();
    kept.executed = true;
    return rows;
  } catch (const Poco::Exception&) {
    // Poco refuses to execute the statement again.
    const auto lost = kept_.extract(sql);
    if (kept.executed) keep_for_ever(lost.mapped());
    throw;
  }
}

template <class F>
auto Connection::ask(const F& question) {
  const AnswerWatch::Asking asking(line_.get(), limit_);
  try {
    return question();
  } catch (const Poco::Exception&) {
    failed_ = true;
    throw;
  }
}

std::size_t Connection::execute(const std::string& sql, const Values& values) {
  check(values);
  return ask([&] {
    if (compiled_) return compiled_->execute(sql, values);
    return run(sql, keep(sql, 0, values));
  });
}

std::vector<Row> Connection::select(const std::string& sql, std::size_t columns,
                                    const Values& values) {
  check(values);
  return ask([&] {
    if (compiled_) return compiled_->select(sql, columns, values);
    Kept& kept = keep(sql, columns, values);
    run(sql, kept);
    std::vector<Row> rows(kept.columns.front().size(), Row(columns));
    for (std::size_t column = 0; column < columns; ++column) {
      for (std::size_t row = 0; row < rows.size(); ++row) {
        rows[row][column] = std::move(kept.columns[column][row]);
      }
    }
    return rows;
  });
}

std::int64_t Connection::number(const std::string& sql, const Values& values) {
  return Poco::NumberParser::parse64(select(sql, 1, values).at(0).at(0));
}

void Connection::execute_once(const std::string& sql) {
  const AnswerWatch::Asking asking(line_.get(), limit_);
  count_compiled_statement();
  count_executed_statement();
  failed_ = true;
  session_ << sql, now;
  failed_ = false;
}

void Connection::control(const std::string& on_sqlite,
                         void (Poco::Data::Session::*on_postgresql)()) {
  ask([&] {
    if (compiled_) {
      compiled_->execute(on_sqlite, {});
    } else {
      count_executed_statement();
      (session_.*on_postgresql)();
    }
  });
}

void Connection::begin(Lock lock) {
  static const std::string when_needed = "BEGIN";
  static const std::string at_once = "BEGIN IMMEDIATE";
  failed_ = false;
  actions_.clear();
  control(lock == Lock::kAtOnce ? at_once : when_needed, &Poco::Data::Session::begin);
  if (files_) files_->begin();
}

void Connection::commit() {
  static const std::string commit = "COMMIT";
  // PostgreSQL reports success for the commit of a failed transaction.
  if (failed_) throw Failure(refused("a statement of the transaction failed"));
  control(commit, &Poco::Data::Session::commit);
}

void Connection::rollback() noexcept {
  static const std::string rollback = "ROLLBACK";
  try {
    control(rollback, &Poco::Data::Session::rollback);
  } catch (const Poco::Exception&) {
    usable_ = false;
  }
}

void Connection::lift_limit() {
  if (line_) line_->lift_limit();
  usable_ = false;
}

void Connection::done() {
  for (const auto& action : std::exchange(actions_, {})) action();
}

void Connection::probe() noexcept {
  limit_ = AnswerWatch::kProbe;
  try {
    number("SELECT 1");
  } catch (const Poco::Exception&) {
    usable_ = false;
  }
  limit_.reset();
}

void Connection::abandon() {
  usable_ = false;
  if (line_) line_->shut();
}

}  // namespace portal
