// portalctl roster: safe updates, undo, quarantine, export; and an import that is killed.
#include <chrono>
#include <csignal>
#include <map>
#include <random>

#include "runner.h"

namespace portalctl_test {
namespace {

using namespace std::chrono_literals;

const std::string kYes = " --yes --reason 'a test'";

std::string number_of(int i) {
  std::string digits = std::to_string(10000000 + i).substr(1);
  return "契" + digits + "-0-0";
}

std::string rows(int from, int to) {
  std::string text;
  for (int i = from; i < to; ++i) text += number_of(i) + ",院" + std::to_string(i) + ",,\n";
  return text;
}

class RosterImport : public Portalctl {
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
  // Rows that readers do not see yet.
  int staged_rows() {
    return std::stoi(
        sql("SELECT COUNT(*) FROM roster_version, roster_current WHERE from_edition > edition"));
  }
  std::string clinic(const std::string& number) { return run("roster show " + number).out; }
};

TEST_F(RosterImport, CountsNewChangedReopenedAndUnchanged) {
  const auto sample = run("roster import '" PORTAL_SOURCE_DIR "/sql/sample_roster.csv'");
  EXPECT_EQ(sample.status, 0) << sample.error;
  EXPECT_EQ(sample.out, "400 new, 0 changed, 0 closed, 0 reopened, 0 unchanged, 0 in quarantine\n");
  const auto again =
      run("roster import '" PORTAL_SOURCE_DIR "/sql/sample_roster.csv' --json --complete judo");
  EXPECT_EQ(again.out,
            "{\"file\":\"sample_roster.csv\",\"edition\":0,\"dry_run\":0,\"new\":0,\"changed\":0,"
            "\"renamed\":0,\"closed\":0,\"reopened\":0,\"unchanged\":400,\"quarantined\":0,"
            "\"skipped\":0,\"kept\":0}\n");
}

TEST_F(RosterImport, OnlyACompleteFileClosesAndOnlyItsScope) {
  ASSERT_EQ(import(rows(0, 100) + "協4400001-0-0,大分一,,\n契4400002-0-0,大分二,,\n"
                                  "44000003-0-0,大分鍼灸,,\n")
                .status,
            0);
  expect_has(import(rows(0, 5)).out, "0 closed");
  const auto part = import("協4400001-0-0,大分一,,\n", "--complete judo:44 --allow-removals");
  expect_has(part.out, "1 closed");
  expect_has(clinic("契4400002-0-0"), "closed: 2");
  expect_has(clinic("44000003-0-0"), "closed: \n");
  expect_has(clinic(number_of(7)), "closed: \n");
  EXPECT_EQ(exported().find("大分二"), std::string::npos);
  const auto back = import("契4400002-0-0,大分二,,\n", "");
  expect_has(back.out, "1 reopened");
  expect_has(clinic("契4400002-0-0"), "closed: \n");
  for (const char* scope : {"judo:99", "judo:4", "dentist", "judo:", "judo,"}) {
    EXPECT_EQ(import(rows(0, 1), std::string("--complete ") + scope).status, 2) << scope;
  }
}

TEST_F(RosterImport, AFileThatClosesTooMuchIsRefused) {
  ASSERT_EQ(import(rows(0, 100)).status, 0);
  const auto before = exported();
  const auto refused = import(rows(6, 100) + "契4400001-0-0,新,,\n", "--complete judo");
  EXPECT_EQ(refused.status, 1);
  EXPECT_EQ(refused.out, "");
  expect_has(refused.error, "it would close 6 of the 100 clinics of judo, more than 5 %");
  EXPECT_EQ(exported(), before);
  EXPECT_EQ(import(rows(5, 100), "--complete judo").status, 0);  // 5 % is not more
  EXPECT_EQ(import(rows(20, 100), "--complete judo --allow-removals").status, 0);
  write("strict.conf", content_of(folder / "portal.conf") + "roster.most_removals_percent = 0\n");
  write("roster.csv", kHeader + rows(21, 100));
  EXPECT_EQ(run("roster import " + file("roster.csv") + " --complete judo", "strict.conf").status,
            1);
}

TEST_F(RosterImport, ARowThatCannotBeReadClosesNothing) {
  ASSERT_EQ(import(rows(0, 100)).status, 0);
  const auto ran = import("契x,院0,,\n" + number_of(1) + ",,,\n" + rows(2, 99), "--complete judo");
  EXPECT_EQ(ran.status, 0) << ran.error;
  expect_has(ran.out, "1 closed");
  expect_has(ran.out, "1 not closed: a row in quarantine has the same name\n");
  expect_has(clinic(number_of(0)), "closed: \n");
  expect_has(clinic(number_of(1)), "closed: \n");
  expect_has(clinic(number_of(99)), "closed: 2");
}

TEST_F(RosterImport, ADryRunTellsExactlyWhatHappens) {
  ASSERT_EQ(import(rows(0, 100)).status, 0);
  const auto before = exported();
  const std::string next = number_of(0) + ",改名,,\n" + number_of(1) + ",院1,住所,\n" +
                           rows(2, 99) + "契4400001-0-0,新,,\n契x,院,,\n";
  const auto dry = import(next, "--complete judo --dry-run");
  EXPECT_EQ(dry.status, 0) << dry.error;
  expect_has(dry.out, "renamed 契0000000-0-0 院0 -> 改名\n");
  expect_has(dry.out, "changed 契0000001-0-0 院1\n");
  expect_has(dry.out, "new 契4400001-0-0 新\n");
  expect_has(dry.out, "gone 契0000099-0-0 院99\n");
  EXPECT_EQ(exported(), before);
  EXPECT_EQ(run("roster quarantine").out, "");
  const auto real = import(next, "--complete judo");
  EXPECT_EQ(real.out, "1 new, 2 changed, 1 closed, 0 reopened, 97 unchanged, 1 in quarantine\n");
  expect_has(dry.out, "would be: " + real.out);
}

TEST_F(RosterImport, TheLastImportCanBeUndone) {
  const auto nothing = run("roster undo" + kYes);
  EXPECT_EQ(nothing.status, 1);
  expect_has(nothing.error, "there is no import that could be undone");
  ASSERT_EQ(import(rows(0, 100)).status, 0);
  ASSERT_EQ(import(rows(0, 100) + rows(200, 300)).status, 0);
  const auto before = exported();
  ASSERT_EQ(import(number_of(0) + ",改名,,\n" + rows(1, 97) + rows(200, 500) + "契x,院,,\n",
                   "--complete judo")
                .status,
            0);
  EXPECT_NE(exported(), before);
  const auto undone = run("roster undo" + kYes);
  EXPECT_EQ(undone.status, 0) << undone.error;
  expect_has(undone.out, "undone: the import of roster.csv");
  EXPECT_EQ(exported(), before);
  EXPECT_EQ(run("roster quarantine").out, "");
  expect_has(run("roster undo" + kYes).error, "undone already");
  expect_has(run("roster editions").out, "edition=4 state=undone");
  expect_has(run("audit list --event roster_undone").out, "detail=roster.csv: 200 new");
  expect_has(import(number_of(0) + ",改名,,\n").out, "0 new, 1 changed");
  EXPECT_EQ(run("roster undo" + kYes).status, 0);
  EXPECT_EQ(exported(), before);
}

using RosterImportOnTerminal = OnTerminal<RosterImport>;

TEST_F(RosterImportOnTerminal, UndoShowsWhatItTakesBackAndAsks) {
  ASSERT_EQ(import(rows(0, 100)).status, 0);
  const auto before = exported();
  const auto unasked = run("roster undo");
  EXPECT_EQ(unasked.status, 2);
  expect_has(unasked.error, "--reason TEXT is missing");
  EXPECT_EQ(run("roster undo --reason x </dev/null").status, 2);
  const auto no = run_on_terminal("roster undo --reason x", "no");
  EXPECT_EQ(no.status, 1);
  expect_has(no.out, "Take back the import of roster.csv of 2");
  expect_has(no.out, "(100 new, 0 changed, ");
  expect_has(no.out, "? Type yes: ");
  EXPECT_EQ(exported(), before);
  EXPECT_EQ(run_on_terminal("roster undo --reason 'of last month'", "yes").status, 0);
  EXPECT_NE(exported(), before);
  expect_has(run("audit list --event roster_undone").out, "0 in quarantine; of last month");
  const auto again = run_on_terminal("roster undo --reason x", "yes");
  EXPECT_EQ(again.status, 1);
  EXPECT_EQ(again.out.find("Type yes"), std::string::npos) << again.out;
}

TEST_F(RosterImportOnTerminal, ShowsABarOnATerminalOnly) {
  ASSERT_EQ(import(rows(0, 1000)).error, "");
  const auto ran = run_on_terminal("roster import " + file("roster.csv"), "");
  EXPECT_EQ(ran.status, 0);
  expect_has(ran.out, "\r[####");
  expect_has(ran.out, " rows");
  expect_has(ran.out, "\r\x1b[K0 new, ");  // and takes it away again
}

TEST_F(RosterImportOnTerminal, AQuarantinedRowCanBeFixedDroppedOrBroughtAgain) {
  ASSERT_EQ(
      import("契01234-7-8,みなと,札幌,011\n協0000001-0-0,,,\nx,三,,\ny,四,,\n" + rows(0, 1)).status,
      0);
  expect_has(
      run("roster quarantine --json").out,
      "{\"id\":1,\"file\":\"roster.csv\",\"row\":2,\"reason\":\"not a registration number: ");
  const auto fixed = run("roster fix 1 契０１２３４５６７８");
  EXPECT_EQ(fixed.status, 0) << fixed.error;
  EXPECT_EQ(fixed.out, "契0123456-7-8 みなと: in the roster\n");
  expect_has(clinic("契0123456-7-8"), "address: 札幌\n");
  expect_has(run("audit list --event roster_fixed").out, "detail=契0123456-7-8");
  EXPECT_EQ(run("roster fix 1 契0123456-7-8").status, 1);
  expect_has(run("roster fix 2 協0000001-0-0").error, "施術所名 is empty: portalctl roster fix 2");
  EXPECT_EQ(run("roster fix 2 協0000001-0-0 二").status, 0);
  EXPECT_EQ(run("roster fix 3 12").status, 1);
  EXPECT_EQ(run("roster quarantine clear 3").status, 2);
  EXPECT_EQ(run("roster quarantine clear 99" + kYes).status, 1);
  const auto no = run_on_terminal("roster quarantine clear 3 --reason x", "no");
  EXPECT_EQ(no.status, 1);
  expect_has(no.out, "Drop row 3 (x 三: not a registration number");
  EXPECT_EQ(run("roster quarantine clear 3" + kYes).out, "1 row dropped\n");

  // As a file, mended in a spreadsheet.
  std::string mended = run("roster quarantine --csv").out;
  expect_has(mended, "\"y\",\"四\"");
  mended.replace(mended.find("\"y\""), 3, "契4400001-0-0");
  write("mended.csv", mended);
  expect_has(run("roster import " + file("mended.csv")).out, "1 new");
  expect_has(run_on_terminal("roster quarantine clear --reason x", "no").out,
             "Drop the 1 row in quarantine? Type yes: ");
  EXPECT_EQ(run("roster quarantine clear" + kYes).out, "1 row dropped\n");
  EXPECT_EQ(run("roster quarantine clear" + kYes).out, "0 rows dropped\n");
  expect_has(run("audit list --event roster_dropped").out, "detail=1 row; a test");
}

TEST_F(RosterImport, ALaterFileCleansTheQuarantine) {
  ASSERT_EQ(import("協0000001-0-0,,,\nx,三,,\n" + rows(0, 1)).status, 0);
  ASSERT_EQ(import("協0000001-0-0,二,,\nx,三,,\n" + rows(0, 1)).status, 0);
  const auto left = run("roster quarantine").out;
  EXPECT_EQ(left.find("協0000001"), std::string::npos) << left;
  EXPECT_EQ(left.find("id=3 "), 0U) << left;
  EXPECT_EQ(left.find('\n'), left.size() - 1) << left;
}

// A clinic in every column's corners: quotes, commas, spaces within, characters of CP932 and none.
std::string random_text(std::mt19937& random, int least) {
  static const std::vector<std::string> pieces = {"髙", "﨑", "\"", ",", "a b", "①", "𠮷",
                                                  "～", "院", "'",  "-", ";",   "ｱ", "㈱"};
  std::string text = least > 0 ? "院" : "";
  for (auto i = random() % 6; i > 0; --i) text += pieces[random() % pieces.size()];
  return text;
}

std::string quoted_cell(const std::string& text) {
  std::string cell = "\"";
  for (const char c : text) cell.append(c == '"' ? 2 : 1, c);
  return cell + "\"";
}

TEST_F(RosterImport, ImportExportImportIsTheSameRoster) {
  std::mt19937 random(20261122);  // NOLINT: the same rosters each time
  for (int round = 0; round < 8; ++round) {
    std::map<std::string, std::string> by_number;
    const int count = 1 + static_cast<int>(random() % 600);
    for (int i = 0; i < count; ++i) {
      const std::string digits = std::to_string(1000000000 + random() % 47 * 10000000);
      const std::string number = random() % 2 == 0 ? digits : "協" + digits.substr(1);
      by_number[number + std::to_string(i)] = "";
      std::string row = "契" + std::to_string(1000000 + random() % 9000000) + "-0-1";
      for (const int least : {1, 0, 0}) row += "," + quoted_cell(random_text(random, least));
      by_number[number + std::to_string(i)] = row + "\n";
    }
    std::string text;
    for (const auto& [number, row] : by_number) text += row;
    ASSERT_EQ(import(text).status, 0);
    const std::string first = exported();
    write("exported.csv", first);
    const auto again = run("roster import " + file("exported.csv") + " --complete judo,ahaki");
    EXPECT_EQ(again.status, 0) << again.error;
    EXPECT_EQ(again.out.find("0 new, 0 changed, 0 closed, 0 reopened, "), 0U) << again.out;
    EXPECT_EQ(exported(), first);
    // And into an empty roster.
    fs::create_directories(folder / "other");
    write("other.conf", "database.connection = " + file("other/portal.db") + "\n");
    ASSERT_EQ(run("migrate", "other.conf").status, 0);
    ASSERT_EQ(run("roster import " + file("exported.csv"), "other.conf").status, 0);
    EXPECT_EQ(run("roster export", "other.conf").out, first);
    fs::remove_all(folder / "other");
  }
}

TEST_F(RosterImport, AClosedClinicWithAnAccountIsListed) {
  ASSERT_EQ(import(rows(0, 40)).status, 0);
  for (const int i : {0, 1}) {
    sql("INSERT INTO account (id, family_name, given_name, registration_number, phone, email, "
        "email_key, password_hash, created_at) VALUES ('" +
        std::to_string(i) + "', 'a', 'b', '" + number_of(i) + "', '0', 'a" + std::to_string(i) +
        "', 'a" + std::to_string(i) + "', '', 0)");
  }
  EXPECT_EQ(run("roster list --closed").out, "");
  ASSERT_EQ(import(rows(1, 39), "--complete judo").status, 0);
  const auto listed = run("roster list --closed --json").out;
  expect_has(listed, "{\"registration_number\":\"契0000000-0-0\"");
  EXPECT_EQ(listed.find('\n'), listed.size() - 1) << listed;
  const auto shown = run("account show " + number_of(0));
  expect_has(shown.out, "clinic_name: 院0\n");
  expect_has(shown.out, "state: active\n");
}

// Killed somewhere in the middle, again and again: readers see the old roster, and the next import
// is right.
TEST_F(RosterImport, AKilledImportLeavesTheOldRosterAndTheNextIsRight) {
  ASSERT_EQ(import(rows(0, 500)).status, 0);
  const auto before = exported();
  write("next.csv", kHeader + rows(100, 60000));
  for (const int staged : {1, 5000, 12000, 25000}) {
    const pid_t process = fork();
    if (process == 0) {
      execl(PORTALCTL, PORTALCTL, "--config", file("portal.conf").c_str(), "roster", "import",
            file("next.csv").c_str(), "--complete", "judo", "--allow-removals", nullptr);
      _exit(127);
    }
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    while (staged_rows() < staged && std::chrono::steady_clock::now() < deadline) {
    }
    kill(process, SIGKILL);
    int status = 0;
    waitpid(process, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "it had ended by then";
    EXPECT_EQ(exported(), before) << staged;
  }
  const auto ran = run("roster import " + file("next.csv") + " --complete judo --allow-removals");
  EXPECT_EQ(ran.out,
            "59500 new, 0 changed, 100 closed, 0 reopened, 400 unchanged, 0 in quarantine\n")
      << ran.error;
  ASSERT_EQ(run("roster undo" + kYes).status, 0);
  EXPECT_EQ(exported(), before);
}

TEST_F(RosterImport, OnlyOneAtATime) {
  ASSERT_EQ(import(rows(0, 1) + "x,院,,\n").status, 0);
  sql("INSERT INTO roster_edition VALUES (9, 2, 'staging', 'elsewhere 1', " +
      std::to_string(portal::system_now() + 60) + ", 1, 0, 'other.csv', '', '')");
  for (const std::string& verb : {"roster import " + file("roster.csv"), "roster undo" + kYes,
                                  "roster fix 1 " + number_of(7)}) {
    const auto ran = run(verb);
    EXPECT_EQ(ran.status, 1) << verb;
    expect_has(ran.error, "an import of other.csv is under way since ");
  }
  // Over; and by a clock that was an hour ahead, which is over too: no lease is that long.
  sql("UPDATE roster_edition SET leased_until = 1 WHERE number = 9");
  EXPECT_EQ(import(rows(0, 3)).status, 0);
  sql("INSERT INTO roster_edition VALUES (99, 9, 'staging', 'elsewhere 1', " +
      std::to_string(portal::system_now() + portal::kHour) + ", 1, 0, 'other.csv', '', '')");
  EXPECT_EQ(import(rows(0, 4)).status, 0);
}

}  // namespace
}  // namespace portalctl_test
