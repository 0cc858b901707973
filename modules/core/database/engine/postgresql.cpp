// PostgreSQL. Its connector and libpq are in a module that is loaded only if the settings choose
// PostgreSQL, so that a program on SQLite loads neither (connector/postgresql.cpp).
#include <Poco/RegularExpression.h>
#include <Poco/SharedLibrary.h>
#include <Poco/String.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <mutex>
#include <utility>

#include "core/base/descriptor.h"
#include "core/base/system_error.h"
#include "core/database/connection_tls.h"
#include "core/database/engine/answer_watch.h"
#include "core/database/engine/connection_string.h"
#include "core/database/engine/connector/postgresql.h"
#include "core/database/engine/engine.h"
#include "core/database/engine/password_file.h"

namespace portal {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

// The oldest server that the portal works with, as server_version_num. conf/postgresql.md says
// which ones are tested.
constexpr int kOldest = 150'000;
constexpr int kOfMajor = 10'000;

// A session that somebody used within this time is used again unasked.
constexpr seconds kTrusted(1);

// The time that a statement may take besides waiting for locks.
constexpr milliseconds kWork = seconds(5);
// The server ends a transaction of a stopped program after this time, and releases its locks.
constexpr milliseconds kForgotten = seconds(60);

// All time-outs follow from the patience (see database.h).
struct Limits {
  explicit Limits(milliseconds patience)
      : lock(patience),
        statement(patience + kWork),
        answer(statement + kWork),
        // For each host in turn. libpq accepts no less than 2 s.
        connect(std::max(seconds(2), std::chrono::duration_cast<seconds>(patience / 2))) {}
  milliseconds lock;       // lock_timeout
  milliseconds statement;  // statement_timeout
  milliseconds answer;     // after this the session is given up, whatever the server does
  seconds connect;         // connect_timeout
};

std::filesystem::path program() {
  return std::filesystem::read_symlink("/proc/self/exe");
}

// Loads the module from lib/portal/ beside the program's bin/, in the build folder as when
// installed.
const PostgresqlConnector* load_connector() {
  static const PostgresqlConnector* const connector = [] {
    const auto module =
        program().parent_path().parent_path() / "lib" / "portal" / "portal_postgresql.so";
    // It is never unloaded, because sessions live as long as the process.
    static Poco::SharedLibrary library;
    library.load(module.string());
    const auto* loaded =
        reinterpret_cast<decltype(&portal_postgresql)>(library.getSymbol("portal_postgresql"))();
    loaded->register_it();
    return loaded;
  }();
  return connector;
}

// The portal's own words, then the connection string of the settings. If a word comes twice, the
// last one counts.
std::string with_limits(const std::string& connection, const Limits& limits) {
  static const std::string passwords = readable_password_file();
  return join_connection(
      "client_encoding=UTF8 connect_timeout=" + std::to_string(limits.connect.count()) +
          " tcp_user_timeout=8000 keepalives_idle=2 keepalives_interval=2 keepalives_count=3" +
          " fallback_application_name=" + program().filename().string() +
          (passwords.empty() ? "" : " passfile=" + passwords) + tls_of(connection).words(),
      connection);
}

// What the operator has to change in the pooler.
constexpr std::string_view kShared =
    ": between this program and the database is a pooler that gives the server's sessions to "
    "others between transactions, so statements and settings are lost: set pool_mode = session for "
    "this database in pgbouncer.ini (conf/postgresql.md, PgBouncer)";
constexpr std::string_view kUnknownMode =
    ": whether the pooler in between has pool_mode = session could not be found out, because it "
    "gave no second session; is its pool large enough? ";
bool says_recovery(std::string_view reason) {
  return reason.find("during recovery") != std::string_view::npos;
}

// This program must not work with this server, however often it tries.
class Unsuitable : public Failure {
 public:
  explicit Unsuitable(const std::string& message) : Failure(unavailable(message)) {}
};

// What to do where nothing can be written. libpq's own words are of target_session_attrs.
constexpr std::string_view kReadOnly =
    " is read-only, so nothing can be stored: either it is a standby in recovery (name the primary "
    "too in database.connection, with target_session_attrs=read-write), or "
    "default_transaction_read_only is on (ALTER DATABASE … RESET default_transaction_read_only)";
bool says_read_only(std::string_view reason) {
  return reason.find("session is read-only") != std::string_view::npos ||
         reason.find("server is in hot standby mode") != std::string_view::npos;
}

// libpq's words for a server that has no TLS, if sslmode requires it.
constexpr std::string_view kTlsRequired =
    ": no session goes to another machine without TLS: ssl = on at the server; only where the "
    "network up to it is yours alone, sslmode=disable in database.connection (conf/postgresql.md)";
bool lacks_tls(std::string_view reason) {
  return reason.find("server does not support SSL, but SSL was required") != std::string_view::npos;
}

// The SQLSTATE, such as "40001", which is only in the text. Poco adds it for statements that fail
// when they are executed; libpq always does (see set_up()).
std::string state_of(const Poco::Exception& exception) {
  static const Poco::RegularExpression pattern("(?: State: |:  )([0-9A-Z]{5})(?::|\\s|$)");
  std::vector<std::string> parts;
  return pattern.split(exception.message(), parts) == 2 ? parts[1] : "";
}

// Joins the lines of libpq's reason, which has one for each host that it tried.
std::string one_line(const std::string& text) {
  return Poco::replace(Poco::replace(Poco::trim(text), "\n\t", " "), "\n", "; ");
}

// Why libpq may have said nothing: what it asked for first is asked for again.
std::string socket_trouble() {
  const Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  return socket ? "libpq gives no reason" : "could not create socket: " + system_error();
}

// Only the first line: the others contain values, and an address must not be in the log.
std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

class PostgreSQL : public Engine {
 public:
  PostgreSQL(std::string connection, Durability durability, milliseconds patience)
      : Engine("PostgreSQL database"),
        limits_(patience),
        connection_(std::move(connection)),
        durability_(durability),
        watch_(limits_.answer) {}

  std::unique_ptr<Connection> connect() override {
    const std::string all = with_limits(connection_, limits_);
    refuse_while_away(all);
    try {
      return open(begin_with(last_server(), all));
    } catch (const Unsuitable&) {
      throw;
    } catch (const Poco::Exception&) {
      away_ = true;
      keeps_sessions_ = false;  // it may come back as another one
      throw;
    }
  }

  bool current(const Connection& connection) const override { return !connection.cut(); }

  // A machine that has gone, or that stands still, closes nothing.
  bool answers(Connection& connection, std::chrono::nanoseconds idle) const override {
    if (!current(connection)) return false;
    if (idle > kTrusted) connection.probe();
    return connection.usable();
  }

  Result<Done> suits() override {
    try {
      connect();
    } catch (const Unsuitable& unsuitable) {
      return wrong_usage(unsuitable.message());
    } catch (const Poco::Exception&) {  // it is away, or the settings are wrong: told when asked
    }
    return Done{};
  }
  void lift_limits(Connection& connection) const override {
    connection.lift_limit();
    connection.execute_once("SET statement_timeout TO 0");
  }
  void create() override {}

  // The draft's session waits for no disk. This holds for its own transaction alone: if a session
  // is ever used for something else, it cannot weaken what must be kept.
  void begin_writing(Connection& connection) const override {
    static const std::string relax = "SET LOCAL synchronous_commit TO off";
    if (durability_ == Durability::kRelaxed) connection.execute(relax);
  }

  // No other program uses this number in this database.
  const std::string& migration_lock() const override {
    static const std::string lock = "SELECT pg_advisory_xact_lock(7036874)";
    return lock;
  }

  std::string_view connector() const override { return "PostgreSQL"; }

  bool conflict(const Poco::Exception& exception) const override {
    const std::string state = state_of(exception);
    // serialization_failure, deadlock_detected, unique_violation. After the last one, the function
    // finds the row when it runs again: the row came between its look-up and its writing.
    return state == "40001" || state == "40P01" || state == "23505";
  }

  bool busy(const Poco::Exception& exception) const override {
    return state_of(exception) == "55P03";  // lock_not_available
  }

  // read_only_sql_transaction: the server has become a standby, or a setting has changed, which
  // only sessions feel that begin later. Or a pooler has changed its mode (statement_lost()).
  bool stale(const Poco::Exception& exception) const override {
    if (statement_lost(exception)) keeps_sessions_ = false;
    return read_only(exception) || statement_lost(exception);
  }

  void wait_for_no_lock(Connection& connection) const override {
    connection.execute_once("SET LOCAL lock_timeout = '50ms'");
  }

  Error why(const Poco::Exception& exception) const override {
    if (const auto* failure = dynamic_cast<const Failure*>(&exception)) return failure->error();
    const std::string state = state_of(exception);
    // The text of this exception is the connection string.
    const bool lost = dynamic_cast<const Poco::Data::NotConnectedException*>(&exception) != nullptr;
    const std::string reason =
        name() + ": " + (lost ? "the connection was lost" : first_line(exception.message()));
    if (dynamic_cast<const Poco::Data::ConnectionFailedException*>(&exception) != nullptr) {
      return no_connection(exception.message());
    }
    if (state == "57014") {
      return unavailable(name() + ": a statement took over " +
                         std::to_string(limits_.statement.count()) + " ms");
    }
    if (read_only(exception)) return unavailable(name() + std::string(kReadOnly));
    if (statement_lost(exception)) return unavailable(name() + std::string(kShared));
    if (busy(exception)) {
      return unavailable(name() + ": database is locked by another program for over " +
                         std::to_string(limits_.lock.count()) + " ms");
    }
    if (const auto words = words_of_sqlstate(state); !words.empty()) {
      return unavailable(name() + ", on its server: " + std::string(words) + "; " + reason);
    }
    if (state.starts_with("23")) return refused(reason);  // integrity constraint
    if (table_missing(exception)) return not_migrated(*this);
    return unavailable(reason);
  }

 private:
  static bool read_only(const Poco::Exception& exception) {
    return state_of(exception) == "25006";  // read_only_sql_transaction
  }
  // invalid_sql_statement_name: what this session has prepared is not there.
  static bool statement_lost(const Poco::Exception& exception) {
    return state_of(exception) == "26000";
  }

  std::unique_ptr<Connection> open(const std::string& all) {
    const PostgresqlConnector& connector = *load_connector();
    Poco::Data::Session session("PostgreSQL", all,
                                static_cast<std::size_t>(limits_.connect.count()));
    const auto greeting = connector.set_up(session);
    remember(greeting.server);
    if (greeting.version < kOldest) {
      throw Unsuitable(name() + " is of version " + std::to_string(greeting.version / kOfMajor) +
                       ", which is too old: the portal needs " +
                       std::to_string(kOldest / kOfMajor) + " or later (conf/postgresql.md)");
    }
    auto connection = std::make_unique<Connection>(
        session, std::make_unique<AnswerWatch::Line>(watch_, greeting.socket));
    const Row row = connection->select(set_up(), kSetUpColumns).at(0);
    if (row[0] == std::to_string(greeting.process)) return connection;
    connection->set_pooled();
    if (!keeps_sessions_) keeps_sessions_ = is_kept(connector.pooling(session, all));
    return connection;
  }

  // False: it cannot be known yet, and does no harm.
  bool is_kept(const PostgresqlConnector::Pooling& pooling) const {
    using Mode = PostgresqlConnector::Pooling::Mode;
    if (pooling.mode == Mode::kShared) throw Unsuitable(name() + std::string(kShared));
    if (pooling.mode == Mode::kKept) return true;
    // A standby takes no LISTEN, and no row either.
    if (says_recovery(pooling.reason)) return false;
    throw Failure(unavailable(name() + std::string(kUnknownMode) + one_line(pooling.reason)));
  }

  // Poco never frees what libpq allocates for an attempt that fails (about 36 KB). So as long as
  // the server is away, it is asked without Poco, by one thread at a time: the others take the
  // answer.
  void refuse_while_away(const std::string& all) {
    if (!away_) return;
    const auto now = Clock::now();
    const std::lock_guard lock(asking_);
    if (!away_) return;
    if (answered_ < now) {
      const auto attempt = load_connector()->attempt(all);
      why_not_ = attempt.why_not;
      answered_ = Clock::now();
      if (why_not_.empty()) remember(attempt.server);
    }
    if (!why_not_.empty()) throw Failure(no_connection(why_not_));
    away_ = false;
  }

  // The server that took the last session is most likely the one that takes the next.
  ServerName last_server() const {
    const std::lock_guard lock(server_mutex_);
    return server_;
  }
  void remember(const ServerName& server) {
    const std::lock_guard lock(server_mutex_);
    server_ = server;
  }

  Error no_connection(const std::string& reason) const {
    const bool silent = Poco::trim(reason) == Poco::trim(std::string(PostgresqlConnector::kFailed));
    std::string text =
        silent ? one_line(reason) + " " + socket_trouble() : explained(one_line(reason));
    if (lacks_tls(text)) text += kTlsRequired;
    return unavailable(says_read_only(text) ? name() + std::string(kReadOnly) + ": " + text
                                            : name() + ": " + text);
  }

  // This is one statement, because a round trip for each setting would make every new session slow.
  // The first column is the process that serves the session.
  static constexpr std::size_t kSetUpColumns = 6;
  std::string set_up() const {
    const auto set = [](std::string_view what, milliseconds limit) {
      return "set_config('" + std::string(what) + "', '" + std::to_string(limit.count()) +
             "', false), ";
    };
    return "SELECT pg_backend_pid(), " + set("lock_timeout", limits_.lock) +
           set("statement_timeout", limits_.statement) +
           set("idle_in_transaction_session_timeout", kForgotten) +
           "set_config('client_min_messages', 'error', false), " +
           // The server may confirm more than its own disk (remote_apply), but never less.
           "set_config('synchronous_commit', "
           "replace(current_setting('synchronous_commit'), 'off', 'on'), false)";
  }

  const Limits limits_;
  const std::string connection_;
  const Durability durability_;
  AnswerWatch watch_;
  mutable std::atomic<bool> keeps_sessions_ = false;  // the pooler, if there is one
  std::atomic<bool> away_ = false;
  std::mutex asking_;
  Clock::time_point answered_;
  std::string why_not_;
  mutable std::mutex server_mutex_;
  ServerName server_;
};

}  // namespace

std::unique_ptr<Engine> make_postgresql(const std::string& connection, Durability durability,
                                        std::chrono::milliseconds patience) {
  return std::make_unique<PostgreSQL>(connection, durability, patience);
}

}  // namespace portal
