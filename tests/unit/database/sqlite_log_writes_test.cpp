// The frames of a transaction are written into SQLite's log together, and as safely as by SQLite
// itself. Whatever is committed is compared three times: by another session, which uses SQLite's
// usual file system; by another process; and from copies of database and log, as after a crash.
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>

#include "core/database/engine/engine.h"
#include "core/database/engine/sqlite_files.h"
#include "support/system_calls.h"
#include "support/test_database.h"

namespace portal {
namespace {

namespace fs = std::filesystem;

using Rows = std::map<std::int64_t, std::string>;

// Nearly a page.
std::string content(int kind) {
  return std::string(3000, static_cast<char>('a' + kind % 26));
}

// Nothing: the file is damaged.
std::optional<Rows> rows_in(const std::string& path) {
  sqlite3* session = nullptr;
  const auto ask = [&](const char* sql, Rows& found) {
    const auto add = [](void* rows, int, char** row, char**) {
      (*static_cast<Rows*>(rows))[std::atoll(row[0])] = row[1];
      return 0;
    };
    return sqlite3_exec(session, sql, add, &found, nullptr) == SQLITE_OK;
  };
  Rows rows;
  Rows faults;
  const bool whole = sqlite3_open(path.c_str(), &session) == SQLITE_OK &&
                     ask("SELECT id, content FROM t", rows) &&
                     ask("SELECT 1, * FROM pragma_integrity_check", faults) && faults[1] == "ok";
  sqlite3_close(session);
  return whole ? std::optional(rows) : std::nullopt;
}

// The last status of a process that does this.
template <class F>
int in_another_process(const F& function) {
  const pid_t child = fork();
  if (child == 0) {
    _exit(function());
  }
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

class LogWritesTest : public testing::TestWithParam<Durability> {
 protected:
  LogWritesTest() {
    engine_->create();
    session_ = connect();
    session_->execute_once("CREATE TABLE t (id INTEGER PRIMARY KEY, content TEXT NOT NULL)");
  }
  std::unique_ptr<Connection> connect(bool small_cache = false) {
    auto session = engine_->connect();
    if (small_cache) session->execute_once("PRAGMA cache_size=5");
    return session;
  }
  static void add(Connection& session, std::int64_t first, int count, int kind = 0) {
    for (int i = 0; i < count; ++i) {
      session.execute("INSERT INTO t VALUES ($1, $2)", {first + i, content(kind)});
    }
  }
  static void add_and_commit(Connection& session, std::int64_t first, int count, int kind = 0) {
    Transaction transaction(session, Transaction::Lock::kAtOnce);
    add(session, first, count, kind);
    transaction.commit();
  }
  static Rows rows(std::int64_t first, int count, int kind = 0) {
    Rows rows;
    for (int i = 0; i < count; ++i) rows[first + i] = content(kind);
    return rows;
  }
  void expect_rows(const Rows& expected, std::string_view when = "") {
    EXPECT_TRUE(after_a_crash() == expected) << when;
    EXPECT_TRUE(rows_in(path_) == expected) << when;
  }
  // What SQLite finds in copies of database and log alone.
  std::optional<Rows> after_a_crash() {
    const Folder copies;
    for (const char* file : {"portal.db", "portal.db-wal"}) {
      if (fs::exists(folder_.file(file))) fs::copy_file(folder_.file(file), copies.file(file));
    }
    return rows_in(copies.file("portal.db"));
  }
  static std::uint32_t frames(Connection& session) {
    return index_of(session.files().session())->frames;
  }
  Folder folder_;
  const std::string path_ = folder_.file("portal.db");
  std::unique_ptr<Engine> engine_ = make_sqlite(path_, GetParam(), std::chrono::seconds(20));
  std::unique_ptr<Connection> session_;
};

TEST_P(LogWritesTest, ACommitIsAFewWrites) {
  if (!system_calls()) GTEST_SKIP() << "this kernel does not count";
  add_and_commit(*session_, 1, 3);
  for (const int count : {1, 5, 35}) {
    const auto frames_before = frames(*session_);
    const auto before = system_calls()->writes;
    add_and_commit(*session_, count * 100, count);
    const auto writes = system_calls()->writes - before;
    const auto bytes = (frames(*session_) - frames_before) * 4120;
    EXPECT_GE(bytes, count * 4120U);
    EXPECT_LE(writes, bytes / (8 * 4120) + 2) << count << " pages";
  }
}

TEST_P(LogWritesTest, OthersSeeACommitAtOnce) {
  Rows expected;
  for (const int count : {1, 2, 7, 8, 9, 16, 100}) {
    add_and_commit(*session_, count * 1000, count, count);
    expected.merge(rows(count * 1000, count, count));
    EXPECT_EQ(in_another_process([&] { return rows_in(path_) == expected ? 0 : 1; }), 0) << count;
    expect_rows(expected);
  }
}

TEST_P(LogWritesTest, ACrashAfterACommitLosesNothingAndOneBeforeItLeavesNothing) {
  session_.reset();
  Rows expected;
  for (const int count : {1, 20, 100}) {
    EXPECT_EQ(in_another_process([&] {
                const auto session = connect(true);
                add_and_commit(*session, count * 1000, count);
                session->begin(Connection::Lock::kAtOnce);
                add(*session, count * 1000 + 500, 50);
                _exit(0);
                return 1;
              }),
              0);
    expected.merge(rows(count * 1000, count));
    expect_rows(expected);
  }
}

// Pages that have no room in the cache are written before the commit.
TEST_P(LogWritesTest, ARollbackAfterwardsLeavesThePlaceToOthers) {
  add_and_commit(*session_, 1, 1);
  Rows expected = rows(1, 1);
  const auto small = connect(true);
  for (const int count : {6, 10, 30, 31, 32, 33, 200}) {
    {
      Transaction transaction(*small, Transaction::Lock::kAtOnce);
      const auto before = system_calls();
      add(*small, count * 1000, count, 1);
      if (before && count == 200) {
        EXPECT_GT(system_calls()->writes, before->writes) << "before the commit";
      }
    }
    add_and_commit(*session_, count * 1000, 3, 2);
    expected.merge(rows(count * 1000, 3, 2));
    expect_rows(expected, "another session has written there");
    EXPECT_EQ(small->number("SELECT COUNT(*) FROM t"), std::ssize(expected));
    expect_rows(expected, "the first session goes on");
  }
}

// SQLite then writes some pages again in their places, and corrects the checksums of the frames at
// the commit.
TEST_P(LogWritesTest, ATransactionLargerThanTheCacheMayChangeARowAgain) {
  session_ = connect(true);
  Transaction transaction(*session_, Transaction::Lock::kAtOnce);
  add(*session_, 1, 40);
  add(*session_, 2000, 40, 1);
  EXPECT_EQ(session_->number("SELECT COUNT(*) FROM t"), 80);
  session_->execute("UPDATE t SET content = $1 WHERE id < 10", {content(2)});
  transaction.commit();
  Rows expected = rows(1, 9, 2);
  expected.merge(rows(1, 40));
  expected.merge(rows(2000, 40, 1));
  expect_rows(expected);
}

// A file that may not become larger is as a disk that is full.
class FileLimit {
 public:
  explicit FileLimit(std::uintmax_t bytes) {
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileLimit(const FileLimit&) = delete;
  FileLimit& operator=(const FileLimit&) = delete;
  ~FileLimit() { setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_ = {};
};

TEST_P(LogWritesTest, ACommitThatCannotBeWrittenFails) {
  add_and_commit(*session_, 1, 1);
  Rows expected = rows(1, 1);
  int failed = 0;
  for (const bool small_cache : {false, true}) {
    for (std::uintmax_t more = 0; more < 110'000; more += 5'000) {
      if (!session_ || !session_->usable()) session_ = connect(small_cache);
      const auto id = static_cast<std::int64_t>(more + (small_cache ? 1'000'100 : 100));
      try {
        const FileLimit limit(fs::file_size(path_ + "-wal") + more);
        add_and_commit(*session_, id, 20);
        expected.merge(rows(id, 20));
      } catch (const Poco::Exception&) {
        ++failed;
      }
      EXPECT_TRUE(rows_in(path_) == expected) << more;
    }
    session_ = nullptr;
  }
  EXPECT_GE(failed, 20);
  EXPECT_LE(failed, 40);
  session_ = connect();
  add_and_commit(*session_, 2, 1);
  expected.merge(rows(2, 1));
  expect_rows(expected);
}

// Two sessions whose transactions do this and that, in turns.
class Walk {
 public:
  explicit Walk(unsigned seed) : random_(seed) {}
  void transact(Connection& session) {
    Rows rows = rows_;
    Transaction transaction(session, Transaction::Lock::kAtOnce);
    for (int steps = below(8); steps >= 0; --steps) step(session, rows);
    if (below(3) == 0) return;
    transaction.commit();
    rows_ = rows;
  }
  int below(int limit) { return std::uniform_int_distribution(0, limit - 1)(random_); }
  const Rows& rows() const { return rows_; }

 private:
  void change(Connection& session, Rows& rows) {
    const std::string text = content(below(26)) + std::string(below(3) == 0 ? 9000 : 0, 'x');
    const std::int64_t first = below(60);
    for (std::int64_t id = first; id < first + below(30); ++id) {
      session.execute("INSERT INTO t VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET content = $2",
                      {id, text});
      rows[id] = text;
    }
  }
  void step(Connection& session, Rows& rows) {
    if (below(3) == 0) {
      const std::int64_t from = below(90);
      session.execute("DELETE FROM t WHERE id BETWEEN $1 AND $2", {from, from + 5});
      rows.erase(rows.lower_bound(from), rows.upper_bound(from + 5));
    } else {
      change(session, rows);
    }
    EXPECT_EQ(session.number("SELECT COUNT(*) FROM t"), std::ssize(rows));
  }
  std::mt19937 random_;
  Rows rows_;
};

TEST_P(LogWritesTest, SessionsInTurnsLeaveWhatTheyCommitted) {
  for (const unsigned seed : {1U, 2U, 3U}) {
    session_->execute("DELETE FROM t");
    Walk walk(seed);
    const auto other = connect(true);
    const auto third = connect(true);
    for (int i = 0; i < 40; ++i) {
      walk.transact(walk.below(2) == 0 ? *other : *third);
      if (walk.below(8) == 0) session_->execute_once("PRAGMA wal_checkpoint(RESTART)");
      ASSERT_TRUE(rows_in(path_) == walk.rows()) << seed << ' ' << i;
      ASSERT_TRUE(after_a_crash() == walk.rows()) << seed << ' ' << i;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Each, LogWritesTest,
                         testing::Values(Durability::kFull, Durability::kRelaxed),
                         [](const auto& tested) {
                           return tested.param == Durability::kFull ? "Full" : "Relaxed";
                         });

}  // namespace
}  // namespace portal
