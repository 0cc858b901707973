// Who acted, and who looked at whole addresses: the rows of the audit that portalctl writes.
#include <unistd.h>

#include <cstdlib>

#include "core/database/engine/connection.h"
#include "migrated_portal.h"

namespace portalctl_test {
namespace {

using namespace portal;

const std::string kNumber = "契0123456-7-8";

class LookUpTest : public MigratedPortal {
 protected:
  void SetUp() override {
    MigratedPortal::SetUp();
    on([](Connection& c) {
      Account account = an_account("account-1", "hanako@example.jp", kNumber);
      account.phone = "0312345678";
      Accounts(c).add(account);
      OutboxRow mail = {"mail-1", "reset", "", "hanako@example.jp", 1, 1};
      mail.account_id = "account-1";
      Outbox(c).add(mail);
    });
    // As sudo does, of root; a person's own account ignores it.
    setenv("SUDO_USER", "sato", 1);
    expected_actor = geteuid() < 1000 ? "sato" : "";
  }
  void TearDown() override {
    unsetenv("SUDO_USER");
    MigratedPortal::TearDown();
  }
  std::vector<AuditRow> rows() {
    return on([](Connection& c) { return Audit(c).list({}); });
  }
  void expect_actor(const AuditRow& row) {
    if (expected_actor.empty()) {
      EXPECT_FALSE(row.actor.empty());
      EXPECT_NE(row.actor, "sato") << "anybody can set the variable";
    } else {
      EXPECT_EQ(row.actor, expected_actor);
    }
  }

  std::string expected_actor;
};

TEST_F(LookUpTest, AtWholeAddressesIsWrittenDown) {
  const struct {
    const char* arguments;
    const char* account;
    const char* detail;
  } cases[] = {
      {"account show --full hanako@example.jp", "account-1", "account show h***@example.jp"},
      {"account show --full --json 契0123456-7-8 --reason '電話での依頼'", "account-1",
       "account show 契0123456-7-8; 電話での依頼"},
      {"timeline --full hanako@example.jp", "account-1", "timeline h***@example.jp"},
      {"timeline --full 03-1234-5678", "account-1", "timeline ***5678"},
      {"mail show --full mail-1", "account-1", "mail show mail-1"},
      {"mail list --full HANAKO@example.jp", "", "mail list h***@example.jp"},
      {"mail list --full --state sent", "", "mail list, 0 rows"},
      {"mail status --full", "", "mail status"},
      {"registration list --full 契0123456-7-8", "", "registration list 契0123456-7-8, 0 rows"},
  };
  std::size_t count = 0;
  for (const auto& test : cases) {
    const auto ran = run(test.arguments);
    EXPECT_EQ(ran.status, 0) << test.arguments << ran.error;
    const auto all = on(
        [](Connection& c) { return c.select("SELECT detail, account_id, event FROM audit", 3); });
    ASSERT_EQ(all.size(), ++count) << test.arguments;
    const auto of_this = std::ranges::count_if(all, [&](const Row& row) {
      return row[0] == test.detail && row[1] == test.account && row[2] == "looked_up";
    });
    EXPECT_EQ(of_this, 1) << test.arguments << ": " << test.detail;
  }
  for (const AuditRow& row : rows()) {
    expect_actor(row);
    EXPECT_EQ(row.detail.find("hanako"), std::string::npos) << row.detail;
    EXPECT_EQ(row.network, "");
  }
}

TEST_F(LookUpTest, AtMaskedOnesIsNot) {
  for (const char* arguments :
       {"account show hanako@example.jp", "timeline hanako@example.jp", "mail show mail-1",
        "mail list", "mail status", "registration list", "audit list"}) {
    EXPECT_EQ(run(arguments).status, 0) << arguments;
  }
  for (const char* refused : {"account show --full nobody@example.jp",
                              "timeline --full nobody@example.jp", "mail show --full nothing"}) {
    EXPECT_EQ(run(refused).status, 1) << "nothing was shown: " << refused;
  }
  const auto wrong = run("mail list --reason x");
  EXPECT_EQ(wrong.status, 2);
  expect_has(wrong.error, "nothing is written down without --full");
  EXPECT_EQ(run("mail list --full --reason ' '").status, 2);
  EXPECT_TRUE(rows().empty());
}

// Whoever cannot be written down sees nothing.
TEST_F(LookUpTest, ThatCannotBeWrittenDownShowsNothing) {
  on([](Connection& c) {
    if (c.is_postgresql()) {
      c.execute_once(
          "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE 'full'; END$$");
      c.execute_once("CREATE TRIGGER no BEFORE INSERT ON audit EXECUTE FUNCTION no()");
    } else {
      c.execute_once(
          "CREATE TRIGGER no BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END");
    }
  });
  for (const char* arguments : {"account show --full hanako@example.jp", "mail show --full mail-1",
                                "timeline --full hanako@example.jp", "mail list --full",
                                "registration list --full", "mail status --full"}) {
    const auto ran = run(arguments);
    EXPECT_EQ(ran.status, 1) << arguments;
    EXPECT_EQ(ran.out, "") << arguments;
    expect_has(ran.error, "nothing is shown, because the audit could not be written");
  }
}

TEST_F(LookUpTest, DeedsCarryThePersonToo) {
  ASSERT_EQ(run("account disable --yes --reason x hanako@example.jp").status, 0);
  ASSERT_EQ(run("account enable --yes --reason x hanako@example.jp").status, 0);
  ASSERT_EQ(run("restored --yes --reason x").status, 0);
  ASSERT_EQ(rows().size(), 3U);
  for (const AuditRow& row : rows()) expect_actor(row);
  const std::string actor = rows()[0].actor;
  const auto listed = run("audit list --json --actor '" + actor + "'");
  EXPECT_EQ(std::count(listed.out.begin(), listed.out.end(), '\n'), 3) << listed.out;
  expect_has(listed.out, "\"actor\":\"" + actor + "\"");
  expect_has(run("audit list").out, " actor=" + actor + " ");
  EXPECT_EQ(run("audit list --actor nobody").out, "");
  expect_has(run("timeline hanako@example.jp").out, "it cannot log in. x (" + actor + ")\n");
}

}  // namespace
}  // namespace portalctl_test
