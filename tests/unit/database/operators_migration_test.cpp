// 0009_operators.sql on a database of the version before: which letters had left, as far as that
// can be known, and an audit that is as it was. On both databases.
#include <algorithm>
#include <map>

#include "core/database/engine/connection.h"
#include "support/test_database.h"

namespace portal {
namespace {

namespace fs = std::filesystem;

class OperatorsMigration : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    settings = sqlite_settings(folder.file("portal.db"));
    if (GetParam() == "PostgreSQL") {
      const auto postgresql = new_postgresql();
      if (!postgresql) GTEST_SKIP() << "PostgreSQL is not installed";
      settings = *postgresql;
    }
    database = std::make_unique<Database>(settings, Durability::kRelaxed, 1, Database::kPatience,
                                          kAnySchema);
    fs::create_directory(folder.file("earlier"));
    for (const auto& file : fs::directory_iterator(kMigrations)) {
      const std::string name = file.path().filename();
      if (name >= "0001" && name < "0009") fs::copy(file.path(), folder.file("earlier/" + name));
    }
    value(database->migrate(folder.file("earlier")));
  }
  void execute(const std::string& sql, const Values& values = {}) {
    value(database->write([&](Connection& c) {
      c.execute(sql, values);
      return Done{};
    }));
  }
  Folder folder;
  Settings settings;
  std::unique_ptr<Database> database;
};

TEST_P(OperatorsMigration, LeavesTheAuditAsItWas) {
  execute(
      "INSERT INTO audit (id, at, event, account_id, network, request_id, detail) "
      "VALUES ('a', 1, 'login', 'account', '192.0.2.1', 'request', 'detail')");
  execute("INSERT INTO audit_seal (number, sealed_at, row_count, hash) VALUES (1, 2, 1, 'hash')");
  execute("INSERT INTO audit_sealed (audit_id, seal_number, position) VALUES ('a', 1, 1)");
  EXPECT_GE(value(database->migrate(kMigrations)), 1);
  value(database->read([](Connection& c) {
    const auto rows = Audit(c).sealed_by(1);
    EXPECT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows.at(0).actor, "");
    EXPECT_EQ(rows.at(0).detail, "detail");
    EXPECT_EQ(Audit(c).newest_seal()->format, 1);
    return Done{};
  }));
}

INSTANTIATE_TEST_SUITE_P(, OperatorsMigration, testing::Values("SQLite", "PostgreSQL"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace portal
