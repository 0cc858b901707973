// The hash of one account or registration is found by its id, and on PostgreSQL no query gets more.
#include "core/database/engine/connection.h"
#include "support/test_database.h"

namespace portal {
namespace {

class PasswordHashesTest : public EachDatabase {
 protected:
  void SetUp() override {
    EachDatabase::SetUp();
    if (IsSkipped()) return;
    value(database->write([](Connection& c) {
      for (const char* id : {"1", "2"}) {
        Account account = an_account(id, id, id);
        account.password_hash = std::string("hash ") + id;
        Accounts(c).add(account);
      }
      for (const char* id : {"1", "3"}) Registrations(c).add(a_registration(id));
      return Done{};
    }));
  }
};

TEST_P(PasswordHashesTest, AreFoundByIdTheAccountsFirst) {
  const std::pair<const char*, const char*> cases[] = {
      {"1", "hash 1"}, {"2", "hash 2"}, {"3", "$argon2id$"}, {"4", ""}, {"", ""}};
  for (const auto& [id, hash] : cases) {
    EXPECT_EQ(value(database->read([id = id](Connection& c) { return PasswordHashes(c).of(id); })),
              hash);
  }
}

TEST_P(PasswordHashesTest, AreInNoRowThatIsFound) {
  value(database->read([](Connection& c) {
    EXPECT_EQ(Accounts(c).find("1")->password_hash, "");
    EXPECT_EQ(Registrations(c).find("3")->password_hash, "");
    return Done{};
  }));
}

TEST_P(PasswordHashesTest, TheSameTwiceInATransactionIsAnswered) {
  value(database->write([](Connection& c) {
    EXPECT_EQ(PasswordHashes(c).of("1"), "hash 1");
    EXPECT_EQ(PasswordHashes(c).of("1"), "hash 1");
    return Done{};
  }));
}

TEST_P(PasswordHashesTest, PostgresqlAnswersForOneInATransaction) {
  if (GetParam() != "PostgreSQL") GTEST_SKIP() << "SQLite has no roles";
  const auto second = database->write([](Connection& c) {
    PasswordHashes(c).of("1");
    return PasswordHashes(c).of("2");
  });
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().message.find("one password hash in a transaction"), std::string::npos);
  for (const char* scan : {"SELECT password_hash_of(id) FROM account",
                           "SELECT string_agg(password_hash_of(id), ' ') FROM account"}) {
    EXPECT_FALSE(database->read([&](Connection& c) { return c.select(scan, 1).size(); })) << scan;
  }
}

INSTANTIATE_TEST_SUITE_P(, PasswordHashesTest, testing::Values("SQLite", "PostgreSQL"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace portal
