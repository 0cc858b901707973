// Databases for tests: a SQLite file in a folder of its own, or a PostgreSQL server of this test
// program's with a database for each test. Tests of other rooms use this too: OwnDatabase.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "core/database/database.h"
#include "core/database/tables.h"
#include "support/rows.h"

namespace portal {

inline const std::string kMigrations = PORTAL_SOURCE_DIR "/sql";

// Removed with everything in it at the end.
class Folder {
 public:
  Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder();
  const std::filesystem::path& path() const { return path_; }
  std::string file(std::string_view name) const { return path_ / name; }
  void write(std::string_view name, std::string_view content) const;

 private:
  std::filesystem::path path_;
};

Settings sqlite_settings(const std::string& file);

// A short patience: tests wait for nothing.
Database open_database(const Settings& settings, int sessions = 8,
                       std::chrono::milliseconds patience = std::chrono::seconds(20));

// For databases of earlier versions: a program itself would wait for their migration.
inline constexpr SchemaRange kAnySchema = {1, 1000};

// Settings of a new, empty PostgreSQL database; nothing if PostgreSQL is not installed.
std::optional<Settings> new_postgresql();

// The database of a test that knows no engine: a new one on PostgreSQL if PORTAL_TEST_CONNECTOR
// says so, else the file portal.db in `folder`, whose owner removes it. End the sessions before
// this.
class OwnDatabase {
 public:
  explicit OwnDatabase(const std::string& folder);
  OwnDatabase(const OwnDatabase&) = delete;
  OwnDatabase& operator=(const OwnDatabase&) = delete;
  ~OwnDatabase();

  static bool on_postgresql();

  // As when a disk is lost.
  void lose();

  void choose(Settings& settings) const;
  // The same as lines of portal.conf.
  std::string lines() const;
  // The beginning of a command of the shell's that prints what a statement answers, a row a line.
  std::string shell() const;

 private:
  std::string connection_;
  bool lost_ = false;
};

// A test on both: TEST_P(EachDatabase, …) with `database` migrated.
class EachDatabase : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override;
  Folder folder;
  Settings settings;
  std::unique_ptr<Database> database;
};

// The value of a result, or a failure of the test.
template <class T>
T value(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

}  // namespace portal
