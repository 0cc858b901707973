// portalctl, run as an operator does: what it prints and its exit status.
#include "runner.h"

namespace portalctl_test {
namespace {

TEST_F(Portalctl, HelpNamesEveryVerbWithAnExample) {
  const auto help = run("--help");
  EXPECT_EQ(help.status, 0);
  for (const char* words :
       {"\n  migrate", "\n  check", "\n  roster import FILE",
        "\n  roster show NUMBER [--lang LANG --json]",
        "\n  account show ADDRESS|NUMBER [--lang LANG --reason TEXT --full --json]",
        "\n  audit verify", "\n  purge",
        "\n  registration list [ADDRESS|NUMBER] [--state STATE --lang LANG --reason TEXT --full "
        "--json]",
        "\n  mail list [ADDRESS|NUMBER] [", "\n  mail retry ID|all-failed|all-waiting\n",
        "\n  settings", "--config FILE", "portalctl roster show 契0123456-7-8"}) {
    expect_has(help.out, words);
  }
  for (const char* one : {"mail show --help", "mail --help"}) {
    expect_has(run(one).out, "  mail show ID [--lang LANG --reason TEXT --full --json]\n");
  }
  expect_has(run("mail --help").out, "  mail retry ID|all-failed|all-waiting\n");
  EXPECT_EQ(run("mail --help").out.find("roster"), std::string::npos);
  EXPECT_EQ(run("mail show --help").out.find("mail retry"), std::string::npos);
  const auto version = run("--version");
  EXPECT_EQ(version.status, 0);
  EXPECT_EQ(version.out.substr(0, 7), "portal ");
}

TEST_F(Portalctl, WrongUsageIs2AndSaysWhy) {
  if (own_database->on_postgresql()) GTEST_SKIP() << "the settings are SQLite's";
  const struct {
    const char* arguments;
    const char* words;
  } cases[] = {
      {"", "a verb is missing"},
      {"dance", "unknown verb dance"},
      {"mail",
       "mail is followed by one of: list, show, status, retry, allow (see portalctl mail --help)"},
      {"roster dance", "roster is followed by one of: import, undo, editions, show, list, "},
      {"dance --help", "unknown verb dance"},
      {"roster import", "roster import takes FILE"},
      {"roster show", "roster show takes NUMBER"},
      {"roster show a b", "roster show takes NUMBER"},
      {"migrate now", "migrate takes no argument"},
      {"registration list a@x.jp b@x.jp", "registration list takes [ADDRESS|NUMBER]"},
      {"registration list --state queued", "--state: one of pending, activated, expired"},
      {"mail list --state pending", "--state: one of queued, sent, failed"},
      {"mail list --yes", "mail list takes no --yes"},
      {"mail retry", "mail retry takes ID|all-failed|all-waiting"},
      {"mail retry --json x", "mail retry takes no --json"},
      {"check --finish", "check takes no --finish"},
      {"settings --directory /", "settings takes no --directory"},
      {"--nonsense", "--nonsense"},
      {"migrate --directory", "--directory"},
      {"migrate --finish", "--finish needs --from"},
      {"migrate --json", "--json needs --from"},
      {"migrate --from portal.db", "--from: expected sqlite:FILE"},
      {"migrate --from sqlite:", "--from: expected sqlite:FILE"},
      {"migrate --from sqlite:portal.db", "database.connector = PostgreSQL"},
  };
  for (const auto& test : cases) {
    const auto ran = run(test.arguments);
    EXPECT_EQ(ran.status, 2) << test.arguments;
    expect_has(ran.error, test.words);
    EXPECT_EQ(ran.out, "") << test.arguments;
  }
}

// Found out before anything is made in PostgreSQL, which here cannot even be reached.
TEST_F(Portalctl, MovesNothingButAPortal) {
  if (own_database->on_postgresql()) GTEST_SKIP() << "moves from SQLite";
  ASSERT_EQ(run("migrate").status, 0);
  write("text", std::string(5000, 'x'));
  write("empty", "");
  write(
      "new.conf",
      "database.connector = PostgreSQL\ndatabase.connection = host=/nonexistent user=x dbname=x\n");
  const struct {
    const char* source;
    const char* words;
  } cases[] = {
      {"nowhere", "nowhere: No such file"},
      {"text", "not a database"},
      {"empty", "is not migrated"},
      {"portal.db", "PostgreSQL database: "},
  };
  for (const auto& test : cases) {
    const auto ran = run("migrate --from sqlite:" + file(test.source), "new.conf");
    EXPECT_EQ(ran.status, 1) << test.source;
    expect_has(ran.error, test.words);
    EXPECT_EQ(ran.out, "") << test.source;
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
  EXPECT_TRUE(fs::exists(folder / "portal.db") || own_database->on_postgresql());
  const auto second = run("migrate --directory '" PORTAL_SOURCE_DIR "/sql'");
  EXPECT_EQ(second.status, 0);
  EXPECT_EQ(second.out, "0 migrations applied\n");
  const auto nowhere = run("migrate --directory /nonexistent");
  EXPECT_EQ(nowhere.status, 1);
  expect_has(nowhere.error, "/nonexistent");
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

}  // namespace
}  // namespace portalctl_test
