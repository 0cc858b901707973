// The database: connections, transactions, migrations. The only room that includes Poco/Data.
//
// A caller passes read() or write() a function that uses the table classes (drafts.h, roster.h, …)
// with the given Connection. The caller gets the result of the function, or the reason why there is
// none: the library's exceptions are translated here. If the function itself returns a Result, the
// caller gets that Result. If it is an error, write() rolls back, so that nothing of a refused
// change stays.
//
// write() is one transaction, which happens completely or not at all. It may run the function again
// (after a serialisation failure or a lost session), so the function must change nothing but the
// database. In read() each statement sees what was committed before it; read() may run the function
// again too. Never hash a password in the function: every writer waits.
//
// PostgreSQL runs at READ COMMITTED. Unique constraints, or a row that is locked first, keep what
// must hold between rows. A transaction that loses against another one (serialisation, deadlock,
// unique constraint) is run again at most three times. One that loses its session is run again as
// often as there are sessions, but not after 5 seconds, because a person waits, and never if the
// answer to its commit was lost. Sessions are opened when they are needed, never more than
// `sessions`, and closed once the server has closed the connection. A session that was idle for
// over a second is probed before it is used (1.5 s). If one is lost, all older ones are closed.
//
// Time-outs on PostgreSQL (postgresql.cpp), for a patience of 5 s, the default:
//   connect_timeout            patience/2, at least 2 s, for each host   libpq
//   lock_timeout               patience, 5 s                             server
//   statement_timeout          patience + 5 s, 10 s                      server; none in migrate()
//   no answer at all           patience + 10 s, 15 s: the session is cut (answer_watch.h)
//   idle_in_transaction_session_timeout   60 s                           server
//   the same, when another session of the program found no answer   1.5 s
//   tcp_user_timeout 8 s, keepalives after 2 s each 2 s, three of them: a machine that has gone
// The connection string of the settings may set other values for those of libpq.
//
// The schema must be one that the program can work with (schema_range.h), whatever is asked of the
// database. It is looked up at the first call, and again when the last look is kSchemaLook old, so
// that a program notices a migration while it runs.
//
// Errors: kRefused for a constraint, for text that is not UTF-8, for a row with a value that the
// portal never writes, and for a schema that is newer than the program; kUnavailable for everything
// else (away, locked, replaced, not migrated, no free session). The message is for operators and
// has nothing that users entered. An exception of the function that is not Poco's passes through
// after a rollback.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/settings.h"
#include "core/database/schema/schema_range.h"

namespace portal {

class Connection;  // one session; only core/database looks inside

// Within write(): calls `action` once after the transaction is committed, however often the
// function runs, and never if it is rolled back. For actions that cannot be undone, such as a line
// of the log.
void after_commit(Connection& connection, std::function<void()> action);

// What a commit survives. With kRelaxed (drafts), a power failure or a failover may lose the
// commits of the last second. With kFull, PostgreSQL uses the server's synchronous_commit, but
// never `off`.
enum class Durability { kFull, kRelaxed };

class Database {
 public:
  static constexpr std::chrono::milliseconds kPatience{5000};

  // Connects when it is first used, so that a responder can start before its database. `sessions`
  // is at least the number of threads. `patience` is the time to wait for a lock of another
  // transaction.
  Database(const Settings& settings, Durability durability, int sessions,
           std::chrono::milliseconds patience = kPatience, SchemaRange schema = newest_schema());
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
  // The same as write(), for what the program does beside its threads' work: it leaves each thread
  // its session.
  template <class F>
  auto write_aside(const F& function) {
    return answer(Mode::kWriteAside, function);
  }

  // Fails with kWrongUsage if a program must not start with this database, because no other try
  // will change it: the server is too old, a pooler in between takes sessions apart, or the schema
  // is newer than the program. A database that is away is no reason.
  Result<Done> suits();

  // The time of the whole system (clock.h), which whatever is stored or compared with what is
  // stored must have: on PostgreSQL the server's clock, on SQLite this machine's. Any thread may
  // ask at any time, also in a transaction; the server is asked once a minute. While it has never
  // answered, it is this machine's clock.
  EpochSeconds now();

  // Succeeds if the database can be reached and its schema is right now one of this program's.
  Result<Done> check();
  static constexpr std::chrono::milliseconds kSchemaLook{100};

  // Succeeds if rows can be written too: writes one, and commits, unless another process has done
  // so within kWriteCheckInterval. It waits for no lock, and a database that is busy is healthy. It
  // asks at most once in kWriteCheckInterval, whoever calls; in between, and for who calls while
  // another thread asks, the last answer stands. Not for a program that may work on a standby.
  Result<Done> check_writing();
  static constexpr std::chrono::seconds kWriteCheckInterval{5};

  // Counts since the start, and the sessions now.
  struct Statistics {
    std::uint64_t unavailable = 0;  // calls that ended with an error of this kind
    std::uint64_t refused = 0;
    std::uint64_t conflicts = 0;  // calls that were run again because of another transaction
    std::uint64_t lost = 0;       // calls that were run again because the session was lost
    int sessions_in_use = 0;
    int sessions_limit = 0;
  };
  Statistics statistics() const;

  // Brings the schema up to date with the numbered files of `directory` (0001_NAME.sql, …; see
  // migration_files.h), each in a transaction of its own. Makes the SQLite file if it is missing.
  // Two programs may do this at the same time. Returns the number of files that were applied.
  Result<int> migrate(const std::string& directory);

  // The number of files that migrate() would apply to this database, which must be there.
  Result<int> pending(const std::string& directory);

 private:
  enum class Mode { kRead, kWrite, kWriteAside };

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

  // Throws a Failure if the program cannot work with the schema.
  void expect_schema(Connection& connection);

  // `function` says whether to keep what it has changed.
  Result<Done> run(Mode mode, const std::function<bool(Connection&)>& function);

  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace portal
