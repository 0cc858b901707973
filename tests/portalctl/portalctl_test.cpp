// portalctl, run as an operator does: what it prints and its exit status.
#include "runner.h"

namespace portalctl_test {
namespace {

TEST_F(Portalctl, HelpNamesEveryVerbWithAnExample) {
  const auto help = run("--help");
  EXPECT_EQ(help.status, 0);
  for (const char* words :
       {"\n  migrate", "\n  check", "\n  roster import FILE", "\n  roster show NUMBER [--json]",
        "\n  account show ADDRESS|NUMBER [--full --json]", "\n  audit verify", "\n  purge",
        "\n  registration list [ADDRESS|NUMBER] [--state STATE --full --json]",
        "\n  mail list [ADDRESS|NUMBER] [", "\n  mail retry ID|all-failed\n", "\n  settings",
        "--config FILE", "portalctl roster show 契0123456-7-8"}) {
    expect_has(help.out, words);
  }
  const auto version = run("--version");
  EXPECT_EQ(version.status, 0);
  EXPECT_EQ(version.out.substr(0, 7), "portal ");
}

TEST_F(Portalctl, WrongUsageIs2AndSaysWhy) {
  const struct {
    const char* arguments;
    const char* words;
  } cases[] = {
      {"", "a verb is missing"},
      {"dance", "unknown verb dance"},
      {"roster", "unknown verb roster"},
      {"roster dance", "unknown verb roster dance"},
      {"roster import", "roster import takes FILE"},
      {"roster show", "roster show takes NUMBER"},
      {"roster show a b", "roster show takes NUMBER"},
      {"migrate now", "migrate takes no argument"},
      {"registration list a@x.jp b@x.jp", "registration list takes [ADDRESS|NUMBER]"},
      {"registration list --state queued", "--state: one of pending, activated, expired"},
      {"mail list --state pending", "--state: one of queued, sent, failed"},
      {"mail list --yes", "mail list takes no --yes"},
      {"mail retry", "mail retry takes ID|all-failed"},
      {"mail retry --json x", "mail retry takes no --json"},
      {"check --json", "check takes no --json"},
      {"settings --directory /", "settings takes no --directory"},
      {"--nonsense", "--nonsense"},
      {"migrate --directory", "--directory"},
  };
  for (const auto& test : cases) {
    const auto ran = run(test.arguments);
    EXPECT_EQ(ran.status, 2) << test.arguments;
    expect_has(ran.error, test.words);
    EXPECT_EQ(ran.out, "") << test.arguments;
  }
}

TEST_F(Portalctl, WrongSettingsAre2) {
  write("unknown.conf", "database.connexion = x\n");
  for (const char* config : {"missing.conf", "unknown.conf"}) {
    for (const char* verb : {"migrate", "roster show 1", "roster import x"}) {
      const auto ran = run(verb, config);
      EXPECT_EQ(ran.status, 2) << config << " " << verb;
      expect_has(ran.error, config);
    }
  }
}

TEST_F(Portalctl, SettingsPrintsTheReferenceWithoutAnyFile) {
  const auto ran = run("settings", "missing.conf");
  EXPECT_EQ(ran.status, 0);
  expect_has(ran.out, "#database.connection = ");
  write("reference.conf", ran.out);
  EXPECT_EQ(run("roster show 1", "reference.conf").status, 1);  // it can be read
}

TEST_F(Portalctl, MigrateMakesTheDatabaseOnce) {
  const auto first = run("migrate");
  EXPECT_EQ(first.status, 0) << first.error;
  EXPECT_GT(std::atoi(first.out.c_str()), 0) << first.out;
  EXPECT_TRUE(fs::exists(folder / "portal.db"));
  const auto second = run("migrate --directory '" PORTAL_SOURCE_DIR "/sql'");
  EXPECT_EQ(second.status, 0);
  EXPECT_EQ(second.out, "0 migrations applied\n");
  const auto nowhere = run("migrate --directory /nonexistent");
  EXPECT_EQ(nowhere.status, 1);
  expect_has(nowhere.error, "/nonexistent");
}

TEST_F(Portalctl, CheckSaysWhatToDoUntilAllIsReady) {
  const auto nothing = run("check");
  EXPECT_EQ(nothing.status, 1);
  expect_has(nothing.out, "ok   settings: ");
  expect_has(nothing.out, "FAIL database: ");
  expect_has(nothing.out, "is not there: run `portalctl migrate`");
  EXPECT_FALSE(fs::exists(folder / "portal.db"));

  ASSERT_EQ(run("migrate").status, 0);
  const auto empty = run("check");
  EXPECT_EQ(empty.status, 1);
  expect_has(empty.out, "ok   database: ");
  expect_has(empty.out, "FAIL roster: no clinic in it: run `portalctl roster import FILE`");

  ASSERT_EQ(import("契0123456-7-8,みなと整骨院,,\n").status, 0);
  const auto ready = run("check");
  EXPECT_EQ(ready.status, 0) << ready.out;
  EXPECT_EQ(ready.out.find("FAIL"), std::string::npos) << ready.out;

  const auto settings = run("check", "missing.conf");
  EXPECT_EQ(settings.status, 1);
  expect_has(settings.out, "FAIL settings: ");
  write("bad.conf", content_of(folder / "portal.conf") + "mail.maildir = /dev/null/mail\n" +
                        "templates.directory = /nonexistent\n");
  const auto bad = run("check", "bad.conf");
  EXPECT_EQ(bad.status, 1);
  expect_has(bad.out, "FAIL templates: ");
  expect_has(bad.out, "FAIL mail: ");
}

TEST_F(Portalctl, RosterImportCountsNewUpdatedAndUnchanged) {
  ASSERT_EQ(run("migrate").status, 0);
  const auto sample = run("roster import '" PORTAL_SOURCE_DIR "/sql/sample_roster.csv'");
  EXPECT_EQ(sample.status, 0) << sample.error;
  EXPECT_EQ(sample.out, "400 new, 0 updated, 0 unchanged\n");
  // Any usual writing of the number; the columns in another order, among others; quotes; a mark.
  write("other.csv",
        "\xEF\xBB\xBF備考,電話番号,施術所名,所在地,登録記号番号\r\n"
        "x,000-0000-0001,みなと整骨院,北海道札幌市港町1-2-3,契０１２３４５６－７－８\r\n"
        "\r\n"
        "\"x\ny\",,\"さくら, \"\"新\"\"接骨院\",,【協0123456-7-8】\r\n"
        "x,,新しい治療院,,99000001-0-1");
  const auto other = run("roster import " + file("other.csv"));
  EXPECT_EQ(other.status, 0) << other.error;
  EXPECT_EQ(other.out, "1 new, 1 updated, 1 unchanged\n");
  const auto shown = run("roster show 協0123456-7-8");
  expect_has(shown.out, "clinic_name: さくら, \"新\"接骨院\n");
}

TEST_F(Portalctl, TheSampleRosterHasWhatTheContractNames) {
  ASSERT_EQ(run("migrate").status, 0);
  ASSERT_EQ(run("roster import '" PORTAL_SOURCE_DIR "/sql/sample_roster.csv'").status, 0);
  const std::pair<const char*, const char*> clinics[] = {
      {"契0123456-7-8", "みなと整骨院"}, {"協0123456-7-8", "さくら接骨院"},
      {"契1300001-0-0", "髙﨑接骨院"},   {"01234567-8-9", "はりきゅうマッサージ つばさ"},
      {"13000001-0-1", "〇〇鍼灸院"},
  };
  for (const auto& [number, name] : clinics) {
    const auto ran = run(std::string("roster show --json ") + number);
    EXPECT_EQ(ran.status, 0) << number << ran.error;
    expect_has(ran.out, std::string("{\"registration_number\":\"") + number + "\"");
    expect_has(ran.out, std::string("\"clinic_name\":\"") + name + "\"");
    EXPECT_EQ(ran.out.find('\n'), ran.out.size() - 1);
  }
}

TEST_F(Portalctl, RosterShowRefusesWhatItDoesNotKnow) {
  const auto early = run("roster show 契0123456-7-8");
  EXPECT_EQ(early.status, 1);
  expect_has(early.error, "run `portalctl migrate`");
  ASSERT_EQ(run("migrate").status, 0);
  const auto unknown = run("roster show 契9900000-0-0");
  EXPECT_EQ(unknown.status, 1);
  expect_has(unknown.error, "契9900000-0-0 is not in the roster");
  for (const char* text : {"12", "''", "$(printf '\\203\\203')"}) {
    const auto wrong = run(std::string("roster show ") + text);
    EXPECT_EQ(wrong.status, 1) << text;
    expect_has(wrong.error, "not a registration number");
  }
}

TEST_F(Portalctl, ABadRowIsNamedAndNothingIsImported) {
  ASSERT_EQ(run("migrate").status, 0);
  const std::string good = "契0123456-7-8,みなと整骨院,,\n";
  const struct {
    std::string row;
    const char* words;
  } cases[] = {
      {"契01234-7-8,院,,\n", ":3: not a registration number: 契01234-7-8"},
      {",院,,\n", ":3: 登録記号番号 is empty"},
      {"協0123456-7-8, ,,\n", ":3: 施術所名 is empty"},
      {"協0123456-7-8,院\n", ":3: 2 columns, but the first row has 4"},
      {"協0123456-7-8,院,,,\n", ":3: 5 columns, but the first row has 4"},
      {"協0123456-7-8,\"院\n長\",,\n", ":3: 施術所名 has a control character"},
      {"契0123456７8,院,,\n", ":3: 契0123456-7-8 is in line 2 already"},
      {"協0123456-7-8,\x83\x86,,\n", ":3: is not UTF-8"},
      {"協0123456-7-8,院\"x,,\n", ":3: a quote is out of place"},
      {"協0123456-7-8,\"院,,\n\n\n", ":3: a quoted field does not end"},
  };
  for (const auto& test : cases) {
    const auto ran = import(good + test.row);
    EXPECT_EQ(ran.status, 1) << test.row;
    EXPECT_EQ(ran.out, "");
    expect_has(ran.error, file("roster.csv") + test.words);
    expect_has(ran.error, "nothing was imported");
  }
  EXPECT_EQ(run("roster show 契0123456-7-8").status, 1);
}

TEST_F(Portalctl, AllBadRowsAreListedUpToAHundred) {
  std::string rows;
  for (int i = 0; i < 103; ++i) rows += "x,院,,\n";
  const auto ran = import(rows);
  EXPECT_EQ(ran.status, 1);
  expect_has(ran.error, ":2: ");
  expect_has(ran.error, ":101: ");
  EXPECT_EQ(ran.error.find(":102: "), std::string::npos);
  expect_has(ran.error, "... and 3 more\n");
  expect_has(ran.error, "103 problems");
}

TEST_F(Portalctl, AFileThatIsNoRosterIsSaidSo) {
  write("empty.csv", "");
  write("blank.csv", "\n\n");
  write("header.csv", kHeader);
  write("columns.csv", "登録記号番号,施術所名,所在地\n契0123456-7-8,院,x\n");
  write("twice.csv", "登録記号番号,施術所名,所在地,電話番号,所在地\n");
  write("shift_jis.csv", "\x93\x6f\x98\x5e,a\n");
  const struct {
    const char* name;
    const char* words;
  } cases[] = {
      {"missing.csv", "missing.csv: No such file"},
      {"", ": is a directory"},
      {"empty.csv", "empty.csv: is empty"},
      {"blank.csv", "blank.csv: has no row"},
      {"header.csv", "header.csv: has no row but"},
      {"columns.csv", "columns.csv:1: column 電話番号 is missing"},
      {"twice.csv", "twice.csv:1: column 所在地 is there twice"},
      {"shift_jis.csv", "shift_jis.csv:1: is not UTF-8"},
  };
  for (const auto& test : cases) {
    const auto ran = run("roster import " + file(test.name));
    EXPECT_EQ(ran.status, 1) << test.name;
    expect_has(ran.error, test.words);
  }
  if (geteuid() != 0) {  // root may read everything
    write("secret.csv", kHeader);
    fs::permissions(folder / "secret.csv", fs::perms::none);
    expect_has(run("roster import " + file("secret.csv")).error, "Permission denied");
  }
}

}  // namespace
}  // namespace portalctl_test
