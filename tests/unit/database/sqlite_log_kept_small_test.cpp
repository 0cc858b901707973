// SQLite's write-ahead log is written back and begun again beside the requests, and who keeps it
// from that is named.
#include "core/database/engine/engine.h"
#include "core/database/engine/sqlite_files.h"
#include "core/database/storage/log_keeper.h"
#include "core/database/storage/log_readers.h"
#include "support/sqlite_reader.h"
#include "support/test_database.h"

namespace portal {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMegabyte = 1024UL * 1024;

class LogKeptSmallTest : public testing::Test {
 protected:
  LogKeptSmallTest() {
    value(database_.migrate(kMigrations));
    engine_ = make_sqlite(path_, Durability::kRelaxed, std::chrono::seconds(1));
    keeper_ = engine_->connect();
  }
  void write_megabytes(int megabytes) {
    for (int i = 0; i < megabytes; ++i) {
      value(database_.write([&](Connection& c) {
        Drafts(c).remove("large");
        Drafts(c).add({"large", std::string(kMegabyte, 'x'), 1});
        return Done{};
      }));
    }
  }
  bool keep_small() { return engine_->keep_log_small(*keeper_); }
  std::uintmax_t size() const { return fs::file_size(path_ + "-wal"); }
  SqliteIndex index() const { return *index_of(keeper_->files().session()); }
  std::vector<LogReader> readers() {
    return value(database_.read([](Connection& c) { return log_readers(c); }));
  }
  Folder folder_;
  const std::string path_ = folder_.file("portal.db");
  Database database_ = open_database(sqlite_settings(path_));
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<Connection> keeper_;
};

TEST_F(LogKeptSmallTest, ItStaysSmallWhileOthersReadAndWrite) {
  for (int i = 0; i < 15; ++i) {
    write_megabytes(3);
    EXPECT_TRUE(keep_small());
    EXPECT_LE(size(), 20 * kMegabyte);
  }
  EXPECT_EQ(index().written_back, index().frames);
}

TEST_F(LogKeptSmallTest, AfterALongReaderItIsEmptied) {
  SqliteReader reader(path_);
  write_megabytes(20);
  EXPECT_FALSE(keep_small()) << "somebody reads what was before";
  EXPECT_GE(size(), 20 * kMegabyte);
  reader.end();
  EXPECT_TRUE(keep_small());
  EXPECT_EQ(size(), 0U);
}

// Where nobody keeps it small: a commit writes much back at once, and the file keeps no more.
TEST_F(LogKeptSmallTest, ACommitWritesBackWhereNobodyElseDoes) {
  write_megabytes(4);
  EXPECT_EQ(index().written_back, 0U) << "it is left to the keeper";
  const std::uint32_t most = 4000;
  while (index().frames < most) write_megabytes(1);
  write_megabytes(2);
  EXPECT_LT(index().frames, most) << "it was written back, and has begun again";
}

TEST_F(LogKeptSmallTest, AFewPagesAreLeftAlone) {
  write_megabytes(1);
  EXPECT_TRUE(keep_small());
  EXPECT_EQ(index().written_back, index().frames);
  value(database_.write([](Connection& c) {
    Drafts(c).add({"small", "sealed", 1});
    return Done{};
  }));
  EXPECT_TRUE(keep_small());
  EXPECT_EQ(index().written_back, 0U) << "the log has begun again";
}

TEST_F(LogKeptSmallTest, WhoReadsIsNamed) {
  write_megabytes(1);
  EXPECT_TRUE(readers().empty()) << "this process is left out";
  SqliteReader reader(path_);
  const auto before = readers();
  ASSERT_EQ(before.size(), 1U);
  EXPECT_EQ(before[0].pid, reader.pid());
  EXPECT_EQ(name_of(before[0]), "unit_database (process " + std::to_string(reader.pid()) + ")");
  write_megabytes(1);
  const SqliteReader newer(path_);
  EXPECT_EQ(readers().size(), 2U);
  EXPECT_EQ(still_reading(before, readers()), before) << "whoever has come since is not among them";
  reader.end();
  EXPECT_TRUE(still_reading(before, readers()).empty());
}

TEST_F(LogKeptSmallTest, TheKeeperWorksByItself) {
  const LogKeeper keeper(sqlite_settings(path_));
  write_megabytes(3);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (index().written_back == 0 && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_GT(index().written_back, 0U);
}

TEST_F(LogKeptSmallTest, TheKeeperComesBackToADatabaseThatWasAway) {
  const LogKeeper keeper(sqlite_settings(folder_.file("later.db")));
  auto later = open_database(sqlite_settings(folder_.file("later.db")));
  value(later.migrate(kMigrations));
  value(later.write([&](Connection& c) {
    Drafts(c).add({"large", std::string(3 * kMegabyte, 'x'), 1});
    return Done{};
  }));
  const auto written_back = [&] {
    return value(later.read([](Connection& c) { return index_of(c.files().session()); }))
        ->written_back;
  };
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (written_back() == 0 && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_GT(written_back(), 0U);
}

}  // namespace
}  // namespace portal
