// One database session with its prepared statements: callers see a Connection
// as something to hand to the table classes.
//
// SQL runs on SQLite and PostgreSQL alike: `$1`, `$2` … first appear in ascending order (SQLite
// binds by appearance), no `$` and digit within a literal, one statement a call, numbers are
// 64 bits, no column is NULL. Everything here throws Poco::Exception; Database::run catches it.
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
#include "core/registration/registration_number.h"

namespace portal {

// A parameter of a statement. Text must be UTF-8 without NUL, which the connectors would cut. An
// optional number that is not there is an empty text; a number that was never filled in is refused.
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

// A failure that is found here and not by the library; its message says all.
class Failure : public Poco::Data::DataException {
 public:
  explicit Failure(Error error) : DataException(error.message), error_(std::move(error)) {}
  const Error& error() const { return error_; }

 private:
  Error error_;
};

class Connection {
 public:
  // Which file a SQLite session has open: device and inode. PostgreSQL: zeros.
  using Origin = std::pair<std::uint64_t, std::uint64_t>;

  // `line`: to the server; none for SQLite.
  Connection(Poco::Data::Session session, Origin origin,
             std::unique_ptr<AnswerWatch::Line> line = nullptr)
      : session_(std::move(session)), origin_(origin), line_(std::move(line)) {}

  // Rows that were changed.
  std::size_t execute(const std::string& sql, const Values& values = {});
  // All rows of a SELECT, or of a RETURNING, which must have that many columns.
  std::vector<Row> select(const std::string& sql, std::size_t columns, const Values& values = {});
  // The one number that a SELECT answers with.
  std::int64_t number(const std::string& sql, const Values& values = {});
  // A statement that is not worth keeping: of a migration, or a session's setting.
  void execute_once(const std::string& sql);

  void begin();
  void commit();
  // Never throws: a session that cannot roll back is unusable.
  void rollback() noexcept;
  // After a failure, outside of a transaction: is the session still good? Never throws.
  void probe() noexcept;

  // The server has hung up. Without asking it.
  bool cut() const { return line_ && line_->cut(); }
  // For statements of any length. The session does not go back to the others.
  void lift_limit();

  // See database.h. done() is for who commits: it does what was asked for since begin().
  void after_commit(std::function<void()> action) { actions_.push_back(std::move(action)); }
  void done();

  bool usable() const { return usable_; }
  bool is_postgresql() const { return session_.connector() == "postgresql"; }
  const Origin& origin() const { return origin_; }

 private:
  // A statement and the variables that it is bound to, prepared once: on PostgreSQL, that saves
  // three of four round trips; on SQLite, parsing.
  struct Kept;
  Kept& keep(const std::string& sql, std::size_t columns, const Values& values);
  std::size_t run(const std::string& sql, Kept& kept);

  Poco::Data::Session session_;
  Origin origin_;
  std::unique_ptr<AnswerWatch::Line> line_;
  bool usable_ = true;
  bool failed_ = false;  // a statement of this transaction failed
  std::vector<std::function<void()>> actions_;
  std::unordered_map<std::string, std::shared_ptr<Kept>> kept_;
};

// begin() … commit(), or rollback() if it is left before.
class Transaction {
 public:
  explicit Transaction(Connection& connection) : connection_(connection) { connection_.begin(); }
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
