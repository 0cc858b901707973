// One database session with its compiled statements. Callers of this room only pass a Connection to
// the table classes.
//
// The same SQL runs on SQLite and PostgreSQL. `$1`, `$2` … first appear in ascending order (SQLite
// binds them in the order of appearance), no literal contains `$` and a digit, a call has one
// statement, numbers have 64 bits, and no column is NULL. Everything here throws Poco::Exception;
// Database::run catches it.
#pragma once

#include <Poco/Data/DataException.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/database/engine/answer_watch.h"
#include "core/database/schema/schema_range.h"
#include "core/registration/registration_number.h"

struct sqlite3;

namespace portal {

// A parameter of a statement. Text must be UTF-8 without NUL, because the connectors would cut it
// there. An optional number that is not there is an empty text; a number that was never filled in
// is refused.
struct Value {
  Value(std::string_view text) : content(std::string(text)) {}  // NOLINT: implicit
  Value(std::string text) : content(std::move(text)) {}         // NOLINT: implicit
  Value(const char* text) : content(std::string(text)) {}       // NOLINT: implicit
  Value(std::int64_t number) : content(number) {}               // NOLINT: implicit
  Value(const RegistrationNumber& number);                      // NOLINT: implicit
  Value(const std::optional<RegistrationNumber>& number)        // NOLINT: implicit
      : content(number ? number->text() : std::string()) {}
  Value(int number) : content(static_cast<std::int64_t>(number)) {}  // NOLINT: implicit
  std::variant<std::string, std::int64_t> content;
};
using Values = std::vector<Value>;
using Row = std::vector<std::string>;  // numbers as decimal text

// A failure that this room finds itself, not the library. Its error is complete.
class Failure : public Poco::Data::DataException {
 public:
  explicit Failure(Error error) : DataException(error.message), error_(std::move(error)) {}
  const Error& error() const { return error_; }

 private:
  Error error_;
};

class SqliteFiles;
class SqliteStatements;

class Connection {
 public:
  // `line` leads to PostgreSQL's server.
  Connection(Poco::Data::Session session, std::unique_ptr<AnswerWatch::Line> line);
  // On SQLite: the handle of the session, and the files that it has open.
  Connection(Poco::Data::Session session, sqlite3* handle, std::unique_ptr<SqliteFiles> files);
  ~Connection();

  // Returns the number of rows that were changed.
  std::size_t execute(const std::string& sql, const Values& values = {});
  // Returns all rows of a SELECT or a RETURNING, which must have this number of columns.
  std::vector<Row> select(const std::string& sql, std::size_t columns, const Values& values = {});
  // Returns the single number that a SELECT gives.
  std::int64_t number(const std::string& sql, const Values& values = {});
  // For a statement that need not be kept: of a migration, or a setting of the session.
  void execute_once(const std::string& sql);

  // On SQLite kAtOnce takes the writers' lock, and kWhenNeeded as much as each statement needs: a
  // transaction that reads first may then be unable to get it. PostgreSQL knows no such lock.
  enum class Lock { kWhenNeeded, kAtOnce };
  void begin(Lock lock);
  void commit();
  // Never throws. A session that cannot roll back becomes unusable.
  void rollback() noexcept;
  // Checks outside a transaction whether the session still works: the server must answer a trivial
  // statement within AnswerWatch::kProbe. Never throws.
  void probe() noexcept;

  // True if the server has closed the connection. Does not ask the server.
  bool cut() const { return line_ && line_->cut(); }
  // From now on the session is not used again. Ends it without a word to the server, which may not
  // answer.
  void abandon();
  AnswerWatch::Time opened() const { return opened_; }
  // From now on statements may take any time. The session does not return to the pool.
  void lift_limit();

  // See database.h. After a commit, done() runs the actions that were given since begin().
  void after_commit(std::function<void()> action) { actions_.push_back(std::move(action)); }
  void done();

  // The version of the schema, at most Database::kSchemaLook ago; that of this program where nobody
  // has looked.
  std::int64_t schema() const { return schema_; }
  void set_schema(std::int64_t version) { schema_ = version; }

  bool usable() const { return usable_; }
  // True if a pooler is between this program and the server.
  bool pooled() const { return pooled_; }
  void set_pooled() { pooled_ = true; }
  bool is_postgresql() const { return !files_; }
  // Only for SQLite.
  SqliteFiles& files() const { return *files_; }

 private:
  // A statement on PostgreSQL, with the variables that it is bound to. It is prepared once, which
  // saves three of four round trips.
  struct Kept;
  Kept& keep(const std::string& sql, std::size_t columns, const Values& values);
  std::size_t run(const std::string& sql, Kept& kept);
  // Answers `question`, which may wait for the server, and remembers if it fails.
  template <class F>
  auto ask(const F& question);
  // A statement that begins or ends a transaction: on SQLite this text, on PostgreSQL Poco's call.
  void control(const std::string& on_sqlite, void (Poco::Data::Session::*on_postgresql)());

  Poco::Data::Session session_;
  std::unique_ptr<AnswerWatch::Line> line_;
  const AnswerWatch::Time opened_ = std::chrono::steady_clock::now();
  std::unique_ptr<SqliteFiles> files_;
  std::unique_ptr<SqliteStatements> compiled_;  // of SQLite
  std::int64_t schema_ = newest_schema().newest;
  bool usable_ = true;
  bool pooled_ = false;
  std::optional<std::chrono::milliseconds> limit_;  // of a statement, if it is not the usual one
  bool failed_ = false;                             // a statement of this transaction failed
  std::vector<std::function<void()>> actions_;
  std::unordered_map<std::string, std::shared_ptr<Kept>> kept_;
};

// A transaction from begin() to commit(). It rolls back if it is destroyed before commit().
class Transaction {
 public:
  using Lock = Connection::Lock;
  explicit Transaction(Connection& connection, Lock lock = Lock::kWhenNeeded)
      : connection_(connection) {
    connection_.begin(lock);
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (!committed_) connection_.rollback();
  }
  void commit() {
    connection_.commit();
    committed_ = true;
  }

 private:
  Connection& connection_;
  bool committed_ = false;
};

}  // namespace portal
