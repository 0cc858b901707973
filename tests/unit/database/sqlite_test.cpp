// What can be wrong with a SQLite file, before and while a program runs.
#include <sys/stat.h>
#include <unistd.h>

#include "core/database/engine/connection.h"
#include "support/test_database.h"

namespace portal {
namespace {

namespace fs = std::filesystem;

bool put_one(Connection& c) {
  return Roster(c).put(a_clinic("契0123456-7-8", "みなと整骨院"));
}
std::int64_t count(Connection& c) {
  return Roster(c).count();
}

void expect_unavailable(Database& database, std::string_view words) {
  const auto read = database.read(count);
  const auto write = database.write(put_one);
  const auto check = database.check();
  ASSERT_FALSE(read);
  ASSERT_FALSE(write);
  ASSERT_FALSE(check);
  for (const Error& error : {read.error(), write.error(), check.error()}) {
    EXPECT_EQ(error.kind, Error::Kind::kUnavailable) << error.message;
    EXPECT_NE(error.message.find(words), std::string::npos) << error.message;
  }
}

TEST(SQLiteFile, AMissingOneIsAnErrorAndStaysMissing) {
  const Folder folder;
  auto database = open_database(sqlite_settings(folder.file("portal.db")));
  expect_unavailable(database, folder.file("portal.db") + " is not there: run `portalctl migrate`");
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(SQLiteFile, ABusyOneCanBeWrittenAndKeepsNobodyWaiting) {
  const Folder folder;
  const auto settings = sqlite_settings(folder.file("portal.db"));
  auto database = open_database(settings);
  ASSERT_TRUE(database.migrate(kMigrations));
  value(database.write([&](Connection&) {
    Database other(settings, Durability::kFull, 1, std::chrono::hours(1));
    EXPECT_TRUE(other.check_writing());
    return Done{};
  }));
  EXPECT_TRUE(database.check_writing());
}

// One row is written, whoever asks, and not again while it is young.
TEST(SQLiteFile, IsProvenWritableByOneRowForAllProcesses) {
  const Folder folder;
  const auto settings = sqlite_settings(folder.file("portal.db"));
  auto database = open_database(settings);
  ASSERT_TRUE(database.migrate(kMigrations));
  const auto written = [&] {
    return value(database.read([](Connection& c) {
      return c.number("SELECT SUM(first_at) FROM throttle WHERE key = 'write-check'");
    }));
  };
  const auto written_before = [&](EpochSeconds seconds) {
    value(database.write([&](Connection& c) {
      c.execute("UPDATE throttle SET first_at = $1", {system_now() - seconds});
      return Done{};
    }));
    const auto before = written();
    EXPECT_TRUE(open_database(settings).check_writing());  // as another process
    return written() == before;
  };
  ASSERT_TRUE(database.check_writing());
  EXPECT_GE(written(), system_now() - kMinute);
  const auto start = system_now();
  const bool kept = written_before(1);
  EXPECT_TRUE(kept || system_now() - start > 2) << "young";
  EXPECT_FALSE(written_before(kHour)) << "old";
  EXPECT_FALSE(written_before(-kHour)) << "of a clock that was wrong";
}

// As on a file system that was mounted read-only.
TEST(SQLiteFile, AReadOnlyOneIsTold) {
  const Folder folder;
  const auto settings = sqlite_settings(folder.file("portal.db"));
  auto database = open_database(settings);
  ASSERT_TRUE(database.migrate(kMigrations));
  value(database.read([](Connection& c) {
    c.execute_once("PRAGMA query_only = ON");
    return Done{};
  }));
  EXPECT_TRUE(database.check());
  const auto done = database.check_writing();
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().message.find("is read-only, so nothing can be stored"), std::string::npos)
      << done.error().message;
}

TEST(SQLiteFile, IsFoundWhateverItsName) {
  const Folder folder;
  for (const char* name : {"a b.db", "受付.db", "100%.db", "a?mode=memory", "a#b", ":memory:"}) {
    auto database = open_database(sqlite_settings(folder.file(name)));
    ASSERT_TRUE(database.migrate(kMigrations)) << name;
    EXPECT_TRUE(value(database.write(put_one))) << name;
    EXPECT_TRUE(fs::file_size(folder.file(name)) > 0) << name;
  }
}

TEST(SQLiteFile, IsNobodyElses) {
  const Folder folder;
  auto database = open_database(sqlite_settings(folder.file("portal.db")));
  ASSERT_TRUE(database.migrate(kMigrations));
  EXPECT_EQ(fs::status(folder.file("portal.db")).permissions() & fs::perms::others_all,
            fs::perms::none);
}

TEST(SQLiteFile, IsTheGroupsInAFolderThatTheGroupShares) {
  const Folder folder;
  constexpr auto kGroups = fs::perms::group_read | fs::perms::group_write;
  const mode_t umask_before = umask(022);
  for (const bool shared : {false, true}) {
    if (shared)
      fs::permissions(folder.path(), fs::perms::group_all | fs::perms::set_gid,
                      fs::perm_options::add);
    const std::string file = folder.file(shared ? "shared.db" : "own.db");
    auto database = open_database(sqlite_settings(file));
    ASSERT_TRUE(database.migrate(kMigrations));
    ASSERT_TRUE(database.write(put_one));
    for (const std::string& each : {file, file + "-wal", file + "-shm"}) {
      EXPECT_EQ((fs::status(each).permissions() & kGroups) == kGroups, shared) << each;
    }
  }
  umask(umask_before);
}

TEST(SQLiteFile, WhatIsNoDatabaseIsSaidSo) {
  const Folder folder;
  folder.write("text", std::string(5000, 'x'));
  folder.write("empty", "");
  auto text = open_database(sqlite_settings(folder.file("text")));
  auto empty = open_database(sqlite_settings(folder.file("empty")));
  auto directory = open_database(sqlite_settings(folder.path()));
  expect_unavailable(text, "not a database");
  expect_unavailable(empty, "is not migrated: run `portalctl migrate`");
  expect_unavailable(directory, "unable to open");
  EXPECT_FALSE(text.migrate(kMigrations));
  EXPECT_FALSE(directory.migrate(kMigrations));
}

TEST(SQLiteFile, ADeletedOneIsNoticedWhileRunning) {
  const Folder folder;
  auto database = open_database(sqlite_settings(folder.file("portal.db")));
  ASSERT_TRUE(database.migrate(kMigrations));
  ASSERT_TRUE(database.write(put_one));
  fs::rename(folder.file("portal.db"), folder.file("moved.db"));
  expect_unavailable(database, "is not there");
  EXPECT_FALSE(fs::exists(folder.file("portal.db")));
}

TEST(SQLiteFile, AReplacedOneIsUsedAtOnce) {
  const Folder folder;
  {
    auto other = open_database(sqlite_settings(folder.file("other.db")));
    ASSERT_TRUE(other.migrate(kMigrations));
  }
  auto database = open_database(sqlite_settings(folder.file("portal.db")));
  ASSERT_TRUE(database.migrate(kMigrations));
  ASSERT_TRUE(database.write(put_one));
  ASSERT_EQ(value(database.read(count)), 1);
  for (const char* tail : {"-wal", "-shm"}) fs::remove(folder.file("portal.db") + tail);
  fs::rename(folder.file("other.db"), folder.file("portal.db"));
  EXPECT_EQ(value(database.read(count)), 0);
  EXPECT_TRUE(value(database.write(put_one)));
  auto fresh = open_database(sqlite_settings(folder.file("portal.db")));
  EXPECT_EQ(value(fresh.read(count)), 1);
}

TEST(SQLiteFile, OneThatIsReplacedWithinATransactionIsNotCommittedTo) {
  const Folder folder;
  {
    auto database = open_database(sqlite_settings(folder.file("portal.db")));
    ASSERT_TRUE(database.migrate(kMigrations));
    const auto done = database.write([&](Connection& c) {
      fs::rename(folder.file("portal.db"), folder.file("moved.db"));
      return put_one(c);
    });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, Error::Kind::kUnavailable);
  }
  fs::rename(folder.file("moved.db"), folder.file("portal.db"));
  auto database = open_database(sqlite_settings(folder.file("portal.db")));
  EXPECT_EQ(value(database.read(count)), 0);
}

// Root may write everything: the test is somebody else meanwhile.
class Nobody {
 public:
  Nobody() { changed_ = geteuid() == 0 && seteuid(65534) == 0; }
  Nobody(const Nobody&) = delete;
  Nobody& operator=(const Nobody&) = delete;
  ~Nobody() {
    if (changed_ && seteuid(0) != 0) std::abort();
  }

 private:
  bool changed_ = false;
};

TEST(SQLiteFile, AReadOnlyOneCanBeReadAndRefusesToBeWritten) {
  const Folder folder;
  const std::string file = folder.file("portal.db");
  auto writer = open_database(sqlite_settings(file));
  ASSERT_TRUE(writer.migrate(kMigrations));
  ASSERT_TRUE(writer.write(put_one));
  fs::permissions(folder.path(), fs::perms(0755));
  for (const char* tail : {"", "-wal", "-shm"}) fs::permissions(file + tail, fs::perms(0444));
  const Nobody nobody;
  auto database = open_database(sqlite_settings(file));
  EXPECT_EQ(value(database.read(count)), 1);
  const auto done = database.write(put_one);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, Error::Kind::kUnavailable);
  EXPECT_NE(done.error().message.find("readonly"), std::string::npos) << done.error().message;
}

}  // namespace
}  // namespace portal
