// A SQLite file that was replaced, overwritten, or put beside another database's log: it is
// refused, and nothing that was acknowledged is lost or damaged.
#include "core/database/engine/sqlite_files.h"

#include <fstream>
#include <iterator>

#include "core/database/copying/backup.h"
#include "core/database/engine/connection.h"
#include "core/database/engine/engine.h"
#include "support/test_database.h"

namespace portal {
namespace {

namespace fs = std::filesystem;

constexpr auto kOverwrite = fs::copy_options::overwrite_existing;

void put(Database& database, int first, int last) {
  for (int id = first; id <= last; ++id) {
    value(database.write([&](Connection& c) {
      Drafts(c).add({std::to_string(id), std::string(500, 'x'), 1});
      return Done{};
    }));
  }
}

std::int64_t drafts(Database& database) {
  return value(database.read([](Connection& c) { return c.number("SELECT COUNT(*) FROM draft"); }));
}

std::string content(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// As after kill -9, and as a snapshot of the disk: the files as they are while programs run.
void image(const std::string& from, const std::string& to) {
  for (const char* tail : {"", "-wal"}) {
    fs::remove(to + tail);
    if (fs::exists(from + tail)) fs::copy_file(from + tail, to + tail);
  }
  fs::remove(to + "-shm");
}

// The next transaction begins the log again; SQLITE_CHECKPOINT_TRUNCATE: it is empty already.
void write_all_back(const std::string& path, int how = SQLITE_CHECKPOINT_RESTART) {
  sqlite3* session = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &session), SQLITE_OK);
  // Only the first reading opens the log.
  const char* const read = "SELECT COUNT(*) FROM sqlite_master";
  EXPECT_EQ(sqlite3_exec(session, read, nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_EQ(sqlite3_wal_checkpoint_v2(session, nullptr, how, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(session);
}

void expect_refused(Database& database, std::string_view words) {
  const auto read = database.read([](Connection&) { return Done{}; });
  const auto write = database.write([](Connection& c) {
    Drafts(c).add({"refused", "x", 1});
    return Done{};
  });
  for (const auto& done : {read, write, database.check(), database.check_writing()}) {
    ASSERT_FALSE(done) << words;
    EXPECT_EQ(done.error().kind, Error::Kind::kUnavailable);
    EXPECT_NE(done.error().message.find(words), std::string::npos) << done.error().message;
  }
}

class SqliteFilesTest : public testing::Test {
 protected:
  void SetUp() override { value(database->migrate(kMigrations)); }
  // The database of an earlier time, in one file, without a program's help.
  void copy_stopped(const std::string& to) {
    database.reset();
    fs::copy_file(path, to, kOverwrite);
    database.emplace(sqlite_settings(path), Durability::kFull, 4);
  }
  void back_up_to(const std::string& to) {
    value(back_up(path, to, [](std::int64_t, std::int64_t) {}));
  }

  Folder folder;
  std::string path = folder.file("portal.db");
  std::optional<Database> database{std::in_place, sqlite_settings(path), Durability::kFull, 4};
};

TEST_F(SqliteFilesTest, ALogThatWasLeftByAKillIsTakenWhateverOfItWasWrittenBack) {
  for (const int rows : {1, 300, 2500}) {  // the log is written back after 1000 pages
    put(*database, rows, 2 * rows - 1);
    const std::int64_t all = drafts(*database);
    image(path, folder.file("image.db"));
    auto image = open_database(sqlite_settings(folder.file("image.db")));
    EXPECT_EQ(drafts(image), all) << rows;
    put(image, 10 * rows, 10 * rows);
    EXPECT_TRUE(image.check());
  }
}

// SQLite writes the header of a frame, and then its page. Between both the program may be killed or
// the power fail, just when the log begins again: then a page of the earlier log lies there.
TEST_F(SqliteFilesTest, ALogWhoseFirstFrameIsHalfWrittenIsNoOtherDatabases) {
  constexpr int kHeaders = 32 + 24;  // of the log, and of its first frame
  const std::string torn = folder.file("torn.db");
  put(*database, 1, 5);
  const std::string earlier = content(path + "-wal");
  write_all_back(path);
  fs::copy_file(path, torn);
  put(*database, 6, 6);
  const std::string later = content(path + "-wal");
  ASSERT_NE(later.substr(0, kHeaders), earlier.substr(0, kHeaders));
  std::ofstream(torn + "-wal", std::ios::binary)
      << later.substr(0, kHeaders) << earlier.substr(kHeaders);
  auto opened = open_database(sqlite_settings(torn));
  EXPECT_EQ(drafts(opened), 5);
  put(opened, 6, 6);
  EXPECT_TRUE(opened.check());
}

TEST_F(SqliteFilesTest, AnotherTimesLogBesideACopyIsRefusedAtTheStart) {
  put(*database, 1, 10);
  const std::string of_backup = folder.file("backup.db");
  const std::string of_stopped = folder.file("stopped.db");
  back_up_to(of_backup);
  copy_stopped(of_stopped);
  put(*database, 11, 400);
  copy_stopped(folder.file("later.db"));  // the log begins again
  put(*database, 401, 420);
  const std::string killed = folder.file("killed.db");
  for (const std::string& copy : {of_backup, of_stopped}) {
    image(path, killed);
    fs::copy_file(copy, killed, kOverwrite);
    const std::string log = content(killed + "-wal");
    ASSERT_FALSE(log.empty());
    {
      auto restored = open_database(sqlite_settings(killed));
      expect_refused(restored, "belongs to another database");
    }
    EXPECT_EQ(content(killed), content(copy)) << copy;
    EXPECT_EQ(content(killed + "-wal"), log) << copy;
    fs::remove(killed + "-wal");
    auto restored = open_database(sqlite_settings(killed));
    EXPECT_EQ(drafts(restored), 10) << copy;
  }
}

TEST_F(SqliteFilesTest, AnotherBranchsLogIsRefused) {
  put(*database, 1, 10);
  copy_stopped(folder.file("branch.db"));
  {
    auto branch = open_database(sqlite_settings(folder.file("branch.db")));
    for (Database* each : {&*database, &branch}) put(*each, 11, 20);
  }
  const std::string mixed = folder.file("mixed.db");
  image(path, mixed);
  fs::copy_file(folder.file("branch.db"), mixed, kOverwrite);
  auto opened = open_database(sqlite_settings(mixed));
  expect_refused(opened, "belongs to another database");
}

TEST_F(SqliteFilesTest, ACopyOfTheSameStateMayTakeTheLog) {
  put(*database, 1, 10);
  copy_stopped(folder.file("copy.db"));
  put(*database, 11, 20);
  fs::copy_file(path + "-wal", folder.file("copy.db-wal"));
  auto copy = open_database(sqlite_settings(folder.file("copy.db")));
  EXPECT_EQ(drafts(copy), 20);
}

TEST_F(SqliteFilesTest, AFileThatIsMovedOverARunningOneIsRefusedWithTheOldLog) {
  put(*database, 1, 10);
  back_up_to(folder.file("backup.db"));
  put(*database, 11, 20);
  const std::string backup = content(folder.file("backup.db"));
  fs::rename(path, folder.file("lost.db"));
  fs::rename(folder.file("backup.db"), path);
  expect_refused(*database, "belongs to another database");
  auto started_now = open_database(sqlite_settings(path));
  expect_refused(started_now, "belongs to another database");
  database.reset();
  EXPECT_EQ(content(path), backup);
  fs::rename(path + "-wal", folder.file("lost.db-wal"));
  auto lost = open_database(sqlite_settings(folder.file("lost.db")));
  EXPECT_EQ(drafts(lost), 20);
  EXPECT_EQ(drafts(started_now), 10);
}

TEST_F(SqliteFilesTest, AFileThatIsOverwrittenUnderRunningProgramsIsRefused) {
  put(*database, 1, 10);
  back_up_to(folder.file("backup.db"));
  copy_stopped(folder.file("stopped.db"));
  for (const char* copy : {"backup.db", "stopped.db"}) {
    put(*database, 100, 300);
    write_all_back(path);  // else the log would still lead on from what is copied
    put(*database, 301, 500);
    fs::copy_file(path, folder.file("aside.db"), kOverwrite);
    fs::copy_file(path + "-wal", folder.file("aside.db-wal"), kOverwrite);
    const std::int64_t all = drafts(*database);
    const std::string bytes = content(folder.file(copy));
    std::ofstream(path, std::ios::binary) << bytes;  // the same inode, as `cp` has it
    expect_refused(*database, "is not used");
    database.reset();
    EXPECT_EQ(content(path), bytes) << copy;
    fs::remove(path + "-wal");
    auto aside = open_database(sqlite_settings(folder.file("aside.db")));
    EXPECT_EQ(drafts(aside), all) << copy;
    database.emplace(sqlite_settings(path), Durability::kFull, 4);
    EXPECT_EQ(drafts(*database), 10);
  }
}

TEST_F(SqliteFilesTest, WhatIsOverwrittenWithinATransactionIsNotAcknowledged) {
  put(*database, 1, 10);
  back_up_to(folder.file("backup.db"));
  put(*database, 11, 20);
  const std::string bytes = content(folder.file("backup.db"));
  const auto done = database->write([&](Connection& c) {
    Drafts(c).add({"lost", "x", 1});
    std::ofstream(path, std::ios::binary) << bytes;
    return Done{};
  });
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().message.find("was overwritten while"), std::string::npos)
      << done.error().message;
}

// All programs must be restarted; until then nothing is taken, and then everything is there.
TEST_F(SqliteFilesTest, ALogOrIndexThatIsRemovedUnderRunningProgramsIsNoticed) {
  int rows = 0;
  for (const char* tail : {"-wal", "-shm"}) {
    std::optional<Database> idle(std::in_place, sqlite_settings(path), Durability::kFull, 1);
    put(*database, rows + 1, rows + 10);
    rows += 10;
    EXPECT_EQ(drafts(*idle), rows);
    fs::remove(path + tail);
    const auto done = database->write([](Connection& c) {
      Drafts(c).add({"not yet", "x", 1});
      return Done{};
    });
    if (std::string_view(tail) == "-wal") {
      ASSERT_FALSE(done);
      EXPECT_NE(done.error().message.find("restart every program"), std::string::npos)
          << done.error().message;
    }
    rows += done ? 1 : 0;  // a new index is made from the log
    database.reset();
    idle.reset();
    database.emplace(sqlite_settings(path), Durability::kFull, 4);
    EXPECT_EQ(drafts(*database), rows) << tail;
    EXPECT_EQ(value(database->read(
                  [](Connection& c) { return c.select("PRAGMA integrity_check", 1).at(0).at(0); })),
              "ok")
        << tail;
  }
}

// SQLite calls this before a statement of the session begins to read.
int commit_another(unsigned, void* database, void*, void*) {
  static int committed = 0;
  ++committed;
  put(*static_cast<Database*>(database), committed, committed);
  return 0;
}

// As while a backup lets go of the log and others write.
TEST_F(SqliteFilesTest, WhatIsCommittedBetweenTwoLooksOverwritesNothing) {
  const auto engine = make_sqlite(path, Durability::kFull, std::chrono::seconds(1));
  const auto connection = engine->connect();
  SqliteFiles& files = connection->files();
  put(*database, 1000, 1000);
  write_all_back(path, SQLITE_CHECKPOINT_TRUNCATE);
  sqlite3_trace_v2(files.session(), SQLITE_TRACE_STMT, commit_another, &*database);
  EXPECT_EQ(files.complaint(), "");
  sqlite3_trace_v2(files.session(), 0, nullptr, nullptr);
  EXPECT_EQ(drafts(*database), 2) << "one was committed between the looks";
}

TEST_F(SqliteFilesTest, NothingIsWrittenForATransactionThatChangesNothing) {
  put(*database, 1, 1);
  const auto before = size_of_log(path).bytes;
  value(database->write([](Connection&) { return Done{}; }));
  EXPECT_EQ(size_of_log(path).bytes, before);
}

}  // namespace
}  // namespace portal
