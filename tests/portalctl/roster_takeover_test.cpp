// What an import leaves behind: nothing if another one took over, and of the quarantine what is
// still to be mended.
#include "runner.h"

namespace portalctl_test {
namespace {

class RosterLeft : public Portalctl {
 protected:
  void SetUp() override {
    Portalctl::SetUp();
    ASSERT_EQ(run("migrate").status, 0);
  }
  Ran import(std::string_view text, const std::string& options = "") {
    write("roster.csv", kHeader + std::string(text));
    return run("roster import " + file("roster.csv") + " " + options);
  }
  std::string exported() { return run("roster export").out; }
  // As if another import took this one for dead, as soon as it has staged its rows.
  void take_over_when_staged() {
    sql(portal::OwnDatabase::on_postgresql()
            ? "CREATE FUNCTION taken_over() RETURNS trigger LANGUAGE plpgsql AS \\$\\$ BEGIN "
              "UPDATE roster_edition SET state = 'failed' WHERE state = 'staging'; RETURN NEW; "
              "END \\$\\$; CREATE TRIGGER taken_over AFTER INSERT ON roster_version "
              "FOR EACH ROW EXECUTE FUNCTION taken_over()"
            : "CREATE TRIGGER taken_over AFTER INSERT ON roster_version BEGIN "
              "UPDATE roster_edition SET state = 'failed' WHERE state = 'staging'; END");
  }
  void let_go() {
    sql(portal::OwnDatabase::on_postgresql() ? "DROP TRIGGER taken_over ON roster_version"
                                             : "DROP TRIGGER taken_over");
  }
};

TEST_F(RosterLeft, WhoWasTakenOverPublishesNothing) {
  ASSERT_EQ(import("契0000001-0-0,一,,\n").status, 0);
  const auto before = exported();
  take_over_when_staged();
  const auto ran = import("契0000001-0-0,改名,,\n契0000002-0-0,二,,\n");
  EXPECT_EQ(ran.status, 1) << ran.out;
  EXPECT_EQ(ran.out, "");
  expect_has(ran.error, "another import of the roster took over: this one was too slow");
  EXPECT_EQ(exported(), before);
  EXPECT_EQ(run("audit list --event roster_imported --json").out.find("二"), std::string::npos);
  EXPECT_EQ(sql("SELECT COUNT(*) FROM roster_version"), "1\n") << "what was staged is swept";
  let_go();
  expect_has(import("契0000001-0-0,改名,,\n契0000002-0-0,二,,\n").out, "1 new, 1 changed");
}

TEST_F(RosterLeft, OnlyARowThatCanBeUsedClearsItsQuarantine) {
  const auto ids = [&] {
    std::string found;
    for (std::string rest = run("roster quarantine --json").out; !rest.empty();
         rest.erase(0, rest.find('\n') + 1)) {
      found += rest.substr(0, rest.find(',')) + " ";
    }
    return found;
  };
  ASSERT_EQ(import("協0000001-0-0,,,\n契0000001-0-0,一,,\n").status, 0);
  EXPECT_EQ(ids(), "{\"id\":1 ");
  ASSERT_EQ(import("協0000001-0-0,院\x01,,\n契0000001-0-0,一,,\n").status, 0);
  EXPECT_EQ(ids(), "{\"id\":1 {\"id\":2 ") << "it is in the file again, and still of no use";
  ASSERT_EQ(import("協0000002-0-0,他の院,,\n").status, 0);
  EXPECT_EQ(ids(), "{\"id\":1 {\"id\":2 ") << "another clinic";
  ASSERT_EQ(import("協0000001-0-0,院,,\n").status, 0);
  EXPECT_EQ(ids(), "");
}

TEST_F(RosterLeft, ARenamedClinicIsCountedAsChangedAndAsRenamed) {
  ASSERT_EQ(import("契0000001-0-0,一,,\n契0000002-0-0,二,札幌,\n契0000003-0-0,三,,\n").status, 0);
  const auto ran =
      import("契0000001-0-0,改名,,\n契0000002-0-0,二,函館,\n契0000003-0-0,三,,\n", "--json");
  expect_has(ran.out, "\"new\":0,\"changed\":2,\"renamed\":1,\"closed\":0,\"reopened\":0,");
  expect_has(ran.out, "\"unchanged\":1,");
}

// What comes back under another name was not renamed by this file.
TEST_F(RosterLeft, AReopenedClinicIsCountedAsReopenedOnly) {
  ASSERT_EQ(import("契0000001-0-0,一,,\n契0000002-0-0,二,,\n").status, 0);
  ASSERT_EQ(import("契0000002-0-0,二,,\n", "--complete judo --allow-removals").status, 0);
  const auto ran = import("契0000001-0-0,再開,,\n", "--json");
  expect_has(ran.out, "\"changed\":0,\"renamed\":0,\"closed\":0,\"reopened\":1,\"unchanged\":0");
}

}  // namespace
}  // namespace portalctl_test
