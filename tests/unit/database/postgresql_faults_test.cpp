// What goes wrong with a PostgreSQL server, one fault a test: each is said in one line, keeps
// nobody waiting beyond the limits of database.h, and is over as soon as the server is well again.
#include <fstream>
#include <memory>
#include <optional>
#include <thread>

#include "core/database/engine/connection.h"
#include "support/postgresql_server.h"

namespace portal {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

class PostgreSQLFaults : public testing::Test {
 protected:
  void SetUp() override {
    if (!PostgreSQLServer::installed()) GTEST_SKIP() << "PostgreSQL is not installed";
    if (!server) {
      server = std::make_unique<PostgreSQLServer>();
      ASSERT_TRUE(server->start());
    }
    settings = postgresql_settings(server->new_database());
    database.emplace(settings, Durability::kFull, 4, kPatience);
    ASSERT_TRUE(database->migrate(kMigrations));
    ASSERT_TRUE(add("first"));
  }

  void TearDown() override {
    if (server) restart("");  // whatever the test has left
  }
  static void TearDownTestSuite() { server.reset(); }

  void restart(const std::string& options) {
    server->stop();
    ASSERT_TRUE(server->start(options));
  }

  static Result<Done> add_to(Database& to, const std::string& id) {
    return to.write([&](Connection& c) {
      Drafts(c).add({id, "0", 9});
      return Done{};
    });
  }
  Result<Done> add(const std::string& id) { return add_to(*database, id); }

  bool has(const std::string& id) {
    return value(database->read([&](Connection& c) { return Drafts(c).find(id, 0); })).has_value();
  }

  void expect_unavailable(const Result<Done>& done, const std::string& reason) {
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, Error::Kind::kUnavailable);
    EXPECT_NE(done.error().message.find(reason), std::string::npos) << done.error().message;
    EXPECT_EQ(done.error().message.find('\n'), std::string::npos) << done.error().message;
  }

  static constexpr auto kPatience = 200ms;
  static inline std::unique_ptr<PostgreSQLServer> server;
  Settings settings;
  std::optional<Database> database;
};

TEST_F(PostgreSQLFaults, ARestartIsOverWhenTheServerIsBack) {
  server->stop();
  const auto start = Clock::now();
  expect_unavailable(add("lost"), "failed");
  EXPECT_LT(Clock::now() - start, 5s);
  ASSERT_TRUE(server->start());
  EXPECT_TRUE(add("again"));
  EXPECT_TRUE(has("again") && has("first") && !has("lost"));
}

TEST_F(PostgreSQLFaults, AReadOnlyDatabaseIsToldAndOverByItself) {
  const auto read_only = [&](const std::string& what) {
    const std::string name = value(database->read([](Connection& c) {
                               return c.select("SELECT current_database()::text", 1);
                             }))
                                 .at(0)
                                 .at(0);
    value(database->write([&](Connection& c) {
      c.execute_once("SET TRANSACTION READ WRITE");
      c.execute_once("ALTER DATABASE " + name + what);
      return Done{};
    }));
  };
  EXPECT_TRUE(database->check_writing());
  read_only(" SET default_transaction_read_only = on");
  Database later(settings, Durability::kFull, 4, kPatience);
  EXPECT_TRUE(later.check()) << "it can be read";
  expect_unavailable(later.check_writing(), "read-only, so nothing can be stored");
  expect_unavailable(add_to(later, "lost"), "target_session_attrs=read-write");
  EXPECT_TRUE(database->check_writing()) << "asked before, and asked again only later";
  read_only(" RESET default_transaction_read_only");
  EXPECT_TRUE(add_to(later, "kept")) << "its sessions began while it was read-only";
  EXPECT_FALSE(later.check_writing()) << "the last answer stands for five seconds";
  EXPECT_TRUE(has("kept") && !has("lost"));
}

TEST_F(PostgreSQLFaults, ALockThatIsHeldIsNoFaultToWriting) {
  value(database->write([&](Connection& c) {
    c.execute_once("LOCK TABLE throttle IN ACCESS EXCLUSIVE MODE");
    Database other(settings, Durability::kFull, 1, kPatience);
    EXPECT_TRUE(other.check_writing());
    return Done{};
  }));
}

TEST_F(PostgreSQLFaults, WhetherItCanBeWrittenLeavesOneRowBehind) {
  EXPECT_TRUE(database->check_writing());
  Database other(settings, Durability::kFull, 1, kPatience);
  EXPECT_TRUE(other.check_writing());
  const auto rows = value(
      database->read([](Connection& c) { return c.number("SELECT COUNT(*) FROM throttle"); }));
  EXPECT_EQ(rows, 1);
}

TEST_F(PostgreSQLFaults, ARestartThatNobodySawFailsNobody) {
  restart("");
  EXPECT_TRUE(has("first"));
  restart("");
  EXPECT_TRUE(add("second"));
}

TEST_F(PostgreSQLFaults, WhenIdleSessionsWereCutTheFunctionRunsOnce) {
  restart("");
  int runs = 0;
  const auto done = database->read([&](Connection& c) {
    ++runs;
    return Drafts(c).find("first", 0).has_value();
  });
  EXPECT_TRUE(done) << done.error().message;
  EXPECT_EQ(runs, 1);
}

TEST_F(PostgreSQLFaults, AServerThatIsAwayForLongCostsNoMemory) {
  const auto pages = [] {
    std::int64_t all = 0;
    std::int64_t resident = 0;
    std::ifstream("/proc/self/statm") >> all >> resident;
    return resident;
  };
  server->stop();
  expect_unavailable(add("lost"), "failed");
  const auto before = pages();
  for (int i = 0; i < 400; ++i) ASSERT_FALSE(add("lost"));
  EXPECT_LT(pages() - before, 1024);  // 4 MB; it would be 14
}

TEST_F(PostgreSQLFaults, AStatementOfAnyLengthIsEnded) {
  const auto start = Clock::now();
  const auto slept = database->read([](Connection& c) {
    c.select("SELECT pg_sleep(60)", 1);
    return Done{};
  });
  expect_unavailable(slept, "a statement took over 5200 ms");
  EXPECT_LT(Clock::now() - start, 15s);
  EXPECT_TRUE(has("first"));
}

// The time-outs of the server's do not fire while a commit waits.
TEST_F(PostgreSQLFaults, ACommitThatIsNeverConfirmedIsGivenUpAndNotRepeated) {
  restart("-c synchronous_standby_names=gone");
  Database relaxed(settings, Durability::kRelaxed, 1, kPatience);
  EXPECT_TRUE(add_to(relaxed, "draft"));
  int runs = 0;
  const auto start = Clock::now();
  const auto done = database->write([&](Connection& c) {
    ++runs;
    Drafts(c).add({"second", "0", 9});
    return Done{};
  });
  expect_unavailable(done, "COMMIT");
  EXPECT_EQ(runs, 1);
  EXPECT_LT(Clock::now() - start, 20s);
}

TEST_F(PostgreSQLFaults, ALockedTableIsUnavailableAfterThePatience) {
  Database other(settings, Durability::kFull, 1,
                 kPatience);  // prepares what `database` has already
  value(database->write([&](Connection& holder) {
    holder.execute_once("LOCK TABLE draft");
    const auto start = Clock::now();
    expect_unavailable(add("second"), "database is locked");
    expect_unavailable(add_to(other, "second"), "database is locked");
    EXPECT_LT(Clock::now() - start, 5s);
    return Done{};
  }));
  EXPECT_TRUE(add("second"));
}

TEST_F(PostgreSQLFaults, AServerWithoutAFreeSessionIsUnavailable) {
  restart("-c max_connections=5 -c superuser_reserved_connections=0 -c max_wal_senders=0");
  {
    Database greedy(settings, Durability::kFull, 5);
    const std::function<void(int)> take = [&](int left) {
      value(greedy.read([&](Connection& c) {
        c.number("SELECT 1");
        if (left > 1) {
          take(left - 1);
        } else {
          expect_unavailable(add("second"), "too many clients");
        }
        return Done{};
      }));
    };
    take(5);
  }
  const auto deadline = Clock::now() + 10s;  // the server needs a moment to see them go
  while (!add("second") && Clock::now() < deadline) {
  }
  EXPECT_TRUE(has("second"));
}

// A real disk to fill needs root; the server says the same SQLSTATE.
TEST_F(PostgreSQLFaults, AFullDiskIsUnavailableAndLosesNothing) {
  value(database->write([](Connection& c) {
    c.execute_once(
        "CREATE FUNCTION no_space() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN RAISE ''could not extend file: No space left'' USING ERRCODE = ''53100''; END'");
    c.execute_once("CREATE TRIGGER full_disk BEFORE INSERT ON draft EXECUTE FUNCTION no_space()");
    return Done{};
  }));
  expect_unavailable(add("second"), "No space left");
  EXPECT_TRUE(has("first"));
  value(database->write([](Connection& c) {
    c.execute_once("DROP TRIGGER full_disk ON draft");
    return Done{};
  }));
  EXPECT_TRUE(add("second"));
}

TEST_F(PostgreSQLFaults, ASessionIsSetUpAsTheHeaderSays) {
  struct Case {
    std::string server;
    Durability durability;
    std::string parameter;
    std::string expected;
  };
  const Case cases[] = {
      {"", Durability::kFull, "lock_timeout", "5s"},
      {"", Durability::kFull, "statement_timeout", "10s"},
      {"", Durability::kFull, "idle_in_transaction_session_timeout", "1min"},
      {"", Durability::kFull, "client_encoding", "UTF8"},
      {"", Durability::kFull, "transaction_isolation", "read committed"},
      {"", Durability::kFull, "application_name", "unit_database"},
      {"", Durability::kFull, "synchronous_commit", "on"},
      {"", Durability::kRelaxed, "synchronous_commit", "on"},
      {"-c synchronous_commit=remote_apply", Durability::kFull, "synchronous_commit",
       "remote_apply"},
      {"-c synchronous_commit=off", Durability::kFull, "synchronous_commit", "on"},
  };
  std::string server_options;
  for (const Case& c : cases) {
    SCOPED_TRACE(c.server + " " + c.parameter);
    if (c.server != server_options) restart(server_options = c.server);
    Database fresh(settings, c.durability, 1);
    const auto rows =
        value(fresh.read([&](Connection& s) { return s.select("SHOW " + c.parameter, 1); }));
    EXPECT_EQ(rows.front().front(), c.expected);
  }
}

// So that it cannot reach a transaction of another program, whatever pooler is in between.
TEST_F(PostgreSQLFaults, OnlyTheTransactionOfADraftIsRelaxed) {
  Database relaxed(settings, Durability::kRelaxed, 1);
  const auto shown = [](Connection& c) {
    return c.select("SHOW synchronous_commit", 1).at(0).at(0);
  };
  EXPECT_EQ(value(relaxed.write(shown)), "off");
  EXPECT_EQ(value(relaxed.read(shown)), "on");
}

TEST_F(PostgreSQLFaults, AServerThatStandsStillCostsOneProbeAndNoneAfterwards) {
  const std::function<void(int)> open_sessions = [&](int left) {
    value(database->read([&](Connection& c) {
      c.number("SELECT 1");
      if (left > 1) open_sessions(left - 1);
      return Done{};
    }));
  };
  open_sessions(4);
  const auto idle_since = Clock::now();
  while (Clock::now() < idle_since + 1100ms) std::this_thread::yield();
  server->halt();
  // A statement alone would wait for 10.2 s.
  for (int i = 0; i < 3; ++i) {
    const auto start = Clock::now();
    expect_unavailable(add("lost"), "PostgreSQL database");
    EXPECT_LT(Clock::now() - start, 10s) << i;
  }
  server->go_on();
  EXPECT_TRUE(add("again"));
  EXPECT_TRUE(has("again") && !has("lost"));
}

TEST_F(PostgreSQLFaults, WhatSuitsIsNotAskedOfAServerThatIsAway) {
  EXPECT_TRUE(database->suits());
  server->stop();
  EXPECT_TRUE(database->suits()) << "it may suit when it is back";
}

TEST_F(PostgreSQLFaults, TheConnectionStringOverridesAndIsChecked) {
  const std::string& connection = settings.text("database.connection");
  Database named(postgresql_settings("  " + connection + "  application_name=office "),
                 Durability::kFull, 1);
  EXPECT_EQ(
      value(named.read([](Connection& c) { return c.select("SHOW application_name", 1); })).at(0),
      Row{"office"});
  for (const std::string word : {" password='se cret'", " password= sslmode=disable", " secret"}) {
    Database broken(postgresql_settings(connection + word), Durability::kFull, 1);
    const auto done = broken.check();
    expect_unavailable(done, "no value can be empty or have a space in it");
    EXPECT_EQ(done.error().message.find("cret"), std::string::npos);
  }
}

}  // namespace
}  // namespace portal
