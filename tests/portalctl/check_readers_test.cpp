// portalctl check names who reads a SQLite database without an end.
#include "check.h"
#include "support/sqlite_reader.h"

namespace portalctl_test {
namespace {

TEST_F(Check, WhoReadsWithoutAnEndIsNamed) {
  if (OwnDatabase::on_postgresql()) GTEST_SKIP() << "of SQLite's log";
  EXPECT_EQ(lines_of(check("", "--timeout 5"), "sqlite").substr(0, 3), "ok ");
  SqliteReader reader(file("portal.db"));
  const auto ran = check("", "--timeout 5");
  expect(ran, "warning", "sqlite", "(process " + std::to_string(reader.pid()) + ")");
  expect(ran, "warning", "sqlite", "has been reading for over 2 s");
  reader.end();
  EXPECT_EQ(lines_of(check("", "--timeout 5"), "sqlite").substr(0, 3), "ok ");
}

}  // namespace
}  // namespace portalctl_test
