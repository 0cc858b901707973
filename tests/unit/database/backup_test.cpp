// back_up(): what it copies while others write, and what it leaves behind when it fails.
#include "core/database/copying/backup.h"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>

#include "support/test_database.h"

namespace portal {
namespace {

namespace fs = std::filesystem;

const auto kNoProgress = [](std::int64_t, std::int64_t) {};

// A registration and its mail, together.
Result<Done> register_one(Database& database, const std::string& id) {
  return database.write([&](Connection& c) {
    Registrations(c).add(a_registration(id));
    Outbox(c).add(a_mail("mail-" + id, id));
    return Done{};
  });
}

std::int64_t rows_of(const Backup& backup, std::string_view table) {
  const auto found = std::ranges::find(backup.tables, table, &Backup::Table::name);
  return found == backup.tables.end() ? -1 : found->rows;
}

class BackupFile : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(database.migrate(kMigrations));
    ASSERT_TRUE(register_one(database, "first"));
  }
  // Several steps' worth: over 4 MB each.
  void make_large() {
    const std::string text(2'000'000, 'x');
    for (const char* id : {"a", "b", "c", "d", "e", "f"}) {
      ASSERT_TRUE(database.write([&](Connection& c) {
        Drafts(c).add({id, text, 1});
        return Done{};
      }));
    }
  }
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(copies.path())) {
      names.push_back(entry.path().filename());
    }
    return names;
  }
  void expect_refusal(const Result<Backup>& made, std::string_view words) {
    ASSERT_FALSE(made);
    EXPECT_NE(made.error().message.find(words), std::string::npos) << made.error().message;
  }

  Folder folder;
  Folder copies;
  Settings settings = sqlite_settings(folder.file("portal.db"));
  Database database = open_database(settings);
};

TEST_F(BackupFile, IsTheDatabaseInOneFileForItsOwnerAlone) {
  const std::string file = copies.file("a b.db");
  const auto made = back_up(folder.file("portal.db"), file, kNoProgress);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->bytes, static_cast<std::int64_t>(fs::file_size(file)));
  EXPECT_EQ(rows_of(*made, "registration"), 1);
  EXPECT_EQ(rows_of(*made, "outbox"), 1);
  EXPECT_EQ(rows_of(*made, "account"), 0);
  struct stat status {};
  ASSERT_EQ(stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0600U);
  EXPECT_EQ(files(), std::vector<std::string>{"a b.db"});
  auto copy = open_database(sqlite_settings(file));
  EXPECT_TRUE(copy.check());
  EXPECT_TRUE(register_one(copy, "later"));
}

// A writer that may not wait at all writes between the steps: nothing of it is in the copy, and the
// copy is not begun again.
TEST_F(BackupFile, NeitherBlocksNorSeesWhoWritesMeanwhile) {
  make_large();
  auto writer = open_database(settings, 1, std::chrono::milliseconds(0));
  int steps = 0;
  std::int64_t before = -1;
  const auto made = back_up(folder.file("portal.db"), copies.file("copy.db"),
                            [&](std::int64_t done, std::int64_t all) {
                              EXPECT_GT(done, before);
                              EXPECT_LE(done, all);
                              before = done;
                              EXPECT_TRUE(register_one(writer, std::to_string(++steps)));
                            });
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_GT(steps, 2);
  EXPECT_EQ(rows_of(*made, "registration"), 1);
  EXPECT_EQ(rows_of(*made, "outbox"), 1);
  EXPECT_EQ(rows_of(*made, "draft"), 6);
  // What was written meanwhile has left the WAL again, without a writer's doing.
  fs::copy_file(folder.file("portal.db"), copies.file("bare.db"));
  auto bare = open_database(sqlite_settings(copies.file("bare.db")));
  const auto rows = value(bare.read([](Connection& c) {
    return Registrations(c).list({.email_key = "", .number = {}, .state = "", .most = 1000}, 0);
  }));
  EXPECT_EQ(rows.size(), static_cast<std::size_t>(steps) + 1);
}

TEST_F(BackupFile, ReplacesNothing) {
  copies.write("taken.db", "precious");
  fs::create_symlink("nowhere", copies.path() / "link.db");
  for (const char* name : {"taken.db", "link.db"}) {
    expect_refusal(back_up(folder.file("portal.db"), copies.file(name), kNoProgress),
                   "is there already");
  }
  // Nor what has come while it was made.
  const auto appears = [&](std::int64_t, std::int64_t) { copies.write("late.db", "precious"); };
  expect_refusal(back_up(folder.file("portal.db"), copies.file("late.db"), appears),
                 "is there already");
  EXPECT_EQ(fs::file_size(copies.file("late.db")), 8U);
  EXPECT_EQ(files().size(), 3U);
}

TEST_F(BackupFile, LeavesNothingBehindWhenItFails) {
  expect_refusal(back_up(folder.file("none.db"), copies.file("copy.db"), kNoProgress),
                 "unable to open");
  expect_refusal(back_up(folder.file("portal.db"), copies.file("none/copy.db"), kNoProgress),
                 "No such file");
  EXPECT_TRUE(files().empty());
}

// A page in the middle that was overwritten on disk: the backup of a damaged database is none.
TEST_F(BackupFile, OfADamagedDatabaseIsRefused) {
  make_large();
  const std::string damaged = copies.file("damaged.db");
  ASSERT_TRUE(back_up(folder.file("portal.db"), damaged, kNoProgress));
  {
    std::fstream file(damaged, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096);
    file << std::string(4096, '\xff');
  }
  expect_refusal(back_up(damaged, copies.file("copy.db"), kNoProgress), "damaged");
  EXPECT_FALSE(fs::exists(copies.file("copy.db")));
}

}  // namespace
}  // namespace portal
