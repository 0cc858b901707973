// The database: connections, transactions, migrations. The only room that includes Poco/Data.
//
// A caller hands read() or write() a function that uses the table classes (drafts.h, roster.h, …)
// with the Connection it is given, and gets that function's result, or why there is none: the
// library's exceptions end here. A function that itself returns a Result gives that Result; where
// it is an error, write() rolls back: nothing of a refused change stays. write() is one
// transaction: all of it or nothing; it may run the function again (a serialisation failure, a lost
// session), so the function changes nothing but the database. In read() each statement sees what
// was committed before it; it may run again too. Never hash a password inside: every writer waits
// for you.
//
// PostgreSQL runs at READ COMMITTED. What must hold between rows is a unique constraint, or a row
// that is locked first; what loses against another (serialisation, deadlock, unique constraint) is
// run again at most three times, what loses its session as often as there are sessions, but neither
// a commit whose answer was lost, nor after 5 seconds: somebody waits. Sessions are made when they
// are needed, never more than `sessions`, and thrown away once the server has hung up.
//
// Time-outs there (postgresql.cpp), for a patience of 5 s, the default:
//   connect_timeout            patience/2, at least 2 s, for each host   libpq
//   lock_timeout               patience, 5 s                             server
//   statement_timeout          patience + 5 s, 10 s                      server; none in migrate()
//   no answer at all           patience + 10 s, 15 s: the session is cut (answer_watch.h)
//   idle_in_transaction_session_timeout   60 s                           server
//   tcp_user_timeout 15 s, keepalives after 10 s each 5 s, three of them: a machine that has gone
// The connection string of the settings may say others for what is libpq's.
//
// Errors: kRefused, a constraint or text that is not UTF-8; kUnavailable, all else (away, locked,
// not migrated, no free session). The message is for operators, without what users entered.
// What is thrown by the function itself and is not Poco's passes through, rolled back.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>

#include "core/base/result.h"
#include "core/base/settings.h"

namespace portal {

class Connection;  // one session; only core/database looks inside

// Within write(): does that once the transaction is committed; never if it is rolled back, and once
// however often the function runs. For what cannot be taken back, such as a line of the log.
void after_commit(Connection& connection, std::function<void()> action);

// What a commit survives. kRelaxed (drafts): a power failure, or a failover, may take the last
// second's commits. kFull: on PostgreSQL what the server's synchronous_commit says, but never
// `off`.
enum class Durability { kFull, kRelaxed };

class Database {
 public:
  // Connects when first used, so that a responder can start before its database.
  // `sessions`: at least the number of threads. `patience`: how long to wait for another's lock.
  Database(const Settings& settings, Durability durability, int sessions,
           std::chrono::milliseconds patience = std::chrono::seconds(5));
  ~Database();

  // `function` takes a Connection& and returns a value, or a Result, whose error rolls back.
  template <class F>
  auto read(const F& function) {
    return answer(Mode::kRead, function);
  }
  template <class F>
  auto write(const F& function) {
    return answer(Mode::kWrite, function);
  }

  // Reachable and migrated to exactly the version that this program was built for.
  Result<Done> check();

  // Since the start, and now.
  struct Statistics {
    std::uint64_t unavailable = 0;  // calls that ended in an error of that kind
    std::uint64_t refused = 0;
    std::uint64_t conflicts = 0;  // run again, because of another one's transaction
    std::uint64_t lost = 0;       // run again, because the session led nowhere any more
    int sessions_in_use = 0;
    int sessions_limit = 0;
  };
  Statistics statistics() const;

  // Brings the schema up with the numbered files of `directory` (0001_NAME.sql, …: statements
  // separated by a blank line, `--` lines dropped, see migration_files.h), each in its own
  // transaction; makes the SQLite file if it is missing. Safe when two do it at once. Returns how
  // many were applied.
  Result<int> migrate(const std::string& directory);

 private:
  enum class Mode { kRead, kWrite };

  // T → Result<T>; Result<T> stays what it is.
  template <class T>
  struct Flat {
    using Type = Result<T>;
  };
  template <class T>
  struct Flat<Result<T>> {
    using Type = Result<T>;
  };

  template <class F>
  auto answer(Mode mode, const F& function) ->
      typename Flat<std::invoke_result_t<F, Connection&>>::Type {
    using Answer = typename Flat<std::invoke_result_t<F, Connection&>>::Type;
    std::optional<Answer> result;
    const auto done = run(mode, [&](Connection& connection) {
      result.emplace(function(connection));
      return static_cast<bool>(*result);
    });
    if (!done) return done.error();
    return std::move(*result);
  }

  // `function` says whether to keep what it has changed.
  Result<Done> run(Mode mode, const std::function<bool(Connection&)>& function);

  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace portal
