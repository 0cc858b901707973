// portalctl check: each probe says its fault where there is one, and none where there is not. What
// takes servers is in check_*.sh and check_sender.py.
#include <pwd.h>
#include <sys/stat.h>

#include <filesystem>
#include <sstream>

#include "migrated_portal.h"

namespace portalctl_test {
namespace {

using namespace portal;

class Check : public MigratedPortal {
 protected:
  void SetUp() override {
    MigratedPortal::SetUp();
    ASSERT_EQ(import("契0123456-7-8,みなと整骨院,,\n").status, 0);
  }
  // Settings of portal.conf and those lines; `arguments` of check, which leaves out the running
  // portal.
  Ran check(const std::string& lines = "", const std::string& arguments = "") const {
    write("check.conf", content_of(folder / "portal.conf") + lines);
    return run("check --stopped " + arguments, "check.conf");
  }
  Ran check_in(const std::string& strange) const {
    // LD_PRELOAD is a list with blanks between its names, so the folder is named apart.
    const std::filesystem::path library = STRANGE_SYSTEM;
    setenv("LD_LIBRARY_PATH", library.parent_path().c_str(), 1);
    setenv("LD_PRELOAD", library.filename().c_str(), 1);
    const auto equals = strange.find('=');
    setenv(strange.substr(0, equals).c_str(), strange.substr(equals + 1).c_str(), 1);
    const Ran ran = check();
    unsetenv(strange.substr(0, equals).c_str());
    unsetenv("LD_PRELOAD");
    unsetenv("LD_LIBRARY_PATH");
    return ran;
  }
  // The lines of that probe, each with its word in front.
  static std::string lines_of(const Ran& ran, const std::string& probe) {
    std::istringstream lines(ran.out);
    std::string found;
    for (std::string line; std::getline(lines, line);) {
      if (line.substr(8).starts_with(probe + ": ")) found += line + "\n";
    }
    return found;
  }
  static void expect(const Ran& ran, const std::string& word, const std::string& probe,
                     std::string_view words) {
    EXPECT_EQ(ran.status, word == "FAULT" ? 1 : 0) << ran.out << ran.error;
    const std::string lines = lines_of(ran, probe);
    EXPECT_NE(lines.find(word), std::string::npos) << ran.out;
    expect_has(lines, words);
  }
  // The same with a newly made copy of the templates.
  std::string own_templates() const {
    fs::copy(PORTAL_SOURCE_DIR "/templates", folder / "templates", fs::copy_options::recursive);
    return "templates.directory = " + file("templates") + "\n";
  }
};

TEST_F(Check, AllIsWell) {
  const auto ran = check();
  EXPECT_EQ(ran.status, 0) << ran.out << ran.error;
  EXPECT_EQ(ran.out.find("FAULT"), std::string::npos) << ran.out;
  for (const char* probe : {"files", "programs", "database", "integrity", "schema", "sqlite",
                            "roster", "mail", "mail queue", "limits"}) {
    expect(ran, "ok ", probe, "");
  }
  for (const char* probe : {"postgresql", "roles", "sender"}) expect(ran, "n/a ", probe, "");
  for (const char* probe : {"sockets", "site", "healthz"}) EXPECT_EQ(lines_of(ran, probe), "");
}

TEST_F(Check, AnExceededTotalIsAWarning) {
  on([](portal::Connection& c) {
    const auto now = portal::system_now();
    for (int i = 0; i <= portal::kFloodOfAddress.most; ++i) {
      const std::string id = std::to_string(i);
      portal::MailAddresses(c).add_link({id, id, "taro@example.jp", "", now, id});
    }
    portal::Throttles throttles(c);
    for (int i = 0; i < 50; ++i) throttles.count(portal::Throttle::kPasswordsOfAccount, "a1", now);
    for (int i = 0; i < 101; ++i) {
      throttles.take(throttle_key(portal::Throttle::kMailsOfClinic, "契0123456-7-8"), now,
                     portal::Limit{1000, portal::kHour});
    }
  });
  const auto ran = check();
  expect(ran, "warning ", "limits", "t***@example.jp gets 11 mails within an hour");
  expect(ran, "warning ", "limits", "101 mails within an hour are about 契0123456-7-8");
  expect(ran, "warning ", "limits", "somebody guesses the password of a1");
}

// dpkg's list of packages in a folder of its own.
TEST_F(Check, AnOldLibraryIsAFault) {
  const struct {
    const char* package;
    const char* version;
    const char* word;
  } cases[] = {
      {"libfcgi0ldbl", "2.4.2-2", "FAULT"},      {"libfcgi0ldbl", "2.4.2-2+deb12u1", "ok "},
      {"libfcgi0ldbl", "2.4.0-8.4+b1", "FAULT"}, {"libfcgi0t64", "2.4.2-2.1+b1", "FAULT"},
      {"libfcgi0t64", "2.4.5-0.1", "ok "},       {"libfcgi0t64", "2.10.0-1", "ok "},
      {"libfcgi-bin", "2.4.5-0.1", "n/a "},
  };
  setenv("DPKG_ADMINDIR", folder.c_str(), 1);
  for (const auto& [package, version, word] : cases) {
    write("status", std::string("Package: other\nVersion: 9\n\nPackage: ") + package +
                        "\nStatus: install ok installed\nVersion: " + version + "\n\n");
    expect(check(), word, "libraries", word == std::string("n/a ") ? "" : version);
  }
  unsetenv("DPKG_ADMINDIR");
}

TEST_F(Check, APausedQueueIsAFault) {
  on([](portal::Connection& c) {
    portal::MailPauses(c).pause(1'700'000'000, 1'700'000'060, "554 <n@portal.test> not verified");
  });
  const auto ran = check();
  expect(
      ran, "FAULT", "mail queue",
      "it is paused since 2023-11-15 07:13:20 JST, and no mail leaves: 554 <***@portal.test> not "
      "verified: see mail.md");
  expect_has(lines_of(ran, "mail"), "ok ");
}

TEST_F(Check, SettingsThatFitIllTogether) {
  const std::string https = "site.base_url = https://portal.example.jp\n";
  const std::string smtp =
      "mail.transport = smtp\nmail.smtp.host = 127.0.0.1\nmail.smtp.port = 1\n"
      "mail.from = no-reply@portal.example.jp\n";
  const struct {
    std::string lines;
    std::string word;
    std::string words;
  } cases[] = {
      {"", "warning", "leads to this machine alone"},
      {"site.base_url = http://portal.example.jp\n", "FAULT", "passwords travel in the clear"},
      {https, "FAULT", "mail.transport = maildir: no mail leaves this machine"},
      {https + smtp + "mail.from = no-reply@localhost\n", "FAULT",
       "mail.from = no-reply@localhost"},
      {https + smtp + "mail.from = 総合ポータル <no-reply@localhost>\n", "FAULT",
       "mail.from = 総合ポータル <no-reply@localhost>"},
      {https + smtp + "mail.smtp.host = relay.invalid\nmail.smtp.security = none\n", "warning",
       "mail.smtp.security = none to relay.invalid: links that open accounts travel in the clear"},
      {https + smtp + "mail.smtp.port = 465\nmail.smtp.security = starttls\n", "FAULT",
       "= 465 with"},
      {https + smtp + "mail.smtp.port = 587\nmail.smtp.security = tls\n", "FAULT", "= 587 with"},
      {"password.memory_kib = 12287\npassword.iterations = 3\n", "FAULT", "under OWASP's least"},
      {"trusted_proxies = 0.0.0.0/0\n", "FAULT", "everybody is believed"},
      {"trusted_proxies = here\n", "FAULT", "trusted_proxies"},
      {"log.level = debug\n", "warning", "log.level = debug"},
      {"log.level = error\n", "warning", "requests leave no line"},
  };
  for (const auto& test : cases) {
    const auto ran = check(test.lines, "--resolver 127.0.0.1:1");
    const std::string lines = lines_of(ran, "settings");
    const auto at = lines.find(test.words);
    ASSERT_NE(at, std::string::npos) << test.words << "\n" << ran.out;
    EXPECT_EQ(lines.substr(lines.rfind('\n', at) + 1, test.word.size()), test.word) << lines;
    EXPECT_TRUE(test.word != "FAULT" || ran.status == 1) << test.lines;
  }
  EXPECT_EQ(lines_of(check("password.memory_kib = 12288\npassword.iterations = 3\n"), "settings")
                .find("OWASP"),
            std::string::npos);
  const auto good =
      check(https + smtp + "trusted_proxies = 10.0.0.0/8\n", "--resolver 127.0.0.1:1");
  EXPECT_EQ(lines_of(good, "settings"), "ok      settings: " + file("check.conf") + "\n");
  setenv("PORTAL_LOG_FORMAT", "json", 1);
  expect_has(lines_of(check(https + smtp, "--resolver 127.0.0.1:1"), "settings"),
             "but the environment's PORTAL_LOG_FORMAT count more");
  unsetenv("PORTAL_LOG_FORMAT");

  const auto unreadable = run("check", "missing.conf");
  EXPECT_EQ(unreadable.status, 1);
  expect_has(unreadable.out, "FAULT   settings: " + file("missing.conf"));
}

TEST_F(Check, FilesThatOthersMayUse) {
  const auto mode = [&](const char* name, mode_t bits) { chmod(file(name).c_str(), bits); };
  write("password", "secret\n");
  const std::string smtp =
      "mail.transport = smtp\nmail.smtp.password_file = " + file("password") + "\n";
  const std::string postgresql =
      "database.connector = PostgreSQL\n"
      "database.connection = host=/nonexistent user=x dbname=x passfile=" +
      file("password") + "\n";
  mode("portal.conf", 0644);
  mode("password", 0640);
  EXPECT_EQ(lines_of(check(smtp, "--resolver 127.0.0.1:1"), "files").substr(0, 3), "ok ");
  expect(check(postgresql), "FAULT", "files", "chmod 600 " + file("password"));
  mode("password", 0644);
  expect(check(smtp, "--resolver 127.0.0.1:1"), "FAULT", "files", "chmod 640 " + file("password"));
  fs::remove(file("password"));
  expect(check(smtp, "--resolver 127.0.0.1:1"), "FAULT", "files",
         file("password") + ": No such file");
  expect(
      check(
          "database.connector = PostgreSQL\ndatabase.connection = host=/nonexistent password=x\n"),
      "FAULT", "files", "has a password in it");

  mode("portal.db", 0664);
  expect(check(), "FAULT", "files", "others may read what people entered: `chmod 660 ");
  mode("portal.db", 0660);
  chmod(folder.c_str(), 0707);
  expect(check(), "FAULT", "files", "others may replace the database");
  chmod(folder.c_str(), 0700);
  ASSERT_EQ(check().status, 0);  // which makes the Maildir
  mode("mail", 0755);
  expect(check(), "FAULT", "files", "others may read the mails");
  mode("mail", 0700);
  write("check.conf", "");
  mode("check.conf", 0666);
  expect(check(), "FAULT", "files", "others may change the settings");
}

TEST_F(Check, FilesLeftBehindByAnotherUser) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can give files away";
  on([](Connection& c) { return Roster(c).count(); });  // a session that stays, and its -wal
  for (const char* name : {"portal.db", "portal.db-wal", "portal.db-shm"}) {
    ASSERT_EQ(chmod(file(name).c_str(), 0660), 0);
  }
  // As nobody, who may not enter the folder: root's SQLite would give the files back.
  const auto files = [&] { return lines_of(check("", "--user nobody"), "files"); };
  ASSERT_EQ(chown(file("portal.db").c_str(), 65534, static_cast<gid_t>(-1)), 0);
  EXPECT_EQ(files().substr(0, 3), "ok ");  // shared by the group
  ASSERT_EQ(chown(file("portal.db").c_str(), 65534, 65534), 0);
  const std::string lines = files();
  EXPECT_EQ(lines.substr(0, 6), "FAULT ");
  expect_has(lines, "chown --reference=" + file("portal.db") + " " + file("portal.db-wal"));
}

// As root, with the rights of the programs' user.
TEST_F(Check, WhatTheProgramsUserMayNotDo) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can look as another";
  chmod(folder.c_str(), 0711);
  const auto ran = check("", "--user nobody");
  EXPECT_EQ(ran.status, 1);
  expect(ran, "FAULT", "mail", "cannot write to " + file("mail"));
  expect(ran, "FAULT", "database", "portal.db");
  expect(check("", "--user nobody-of-that-name"), "FAULT", "database", "there is no user");
}

// Who is neither root nor their owner is told who may look.
TEST_F(Check, WhatOnlyAnotherUserMaySee) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can run it as another";
  ASSERT_EQ(check().status, 0);  // makes the Maildir, for root alone
  chmod(folder.c_str(), 0711);
  const std::string command =
      "setpriv --reuid nobody --regid nogroup --clear-groups '" PORTALCTL "' --config " +
      file("check.conf") + " check --stopped >" + file("out") + " 2>" + file("error");
  const int status = std::system(command.c_str());  // NOLINT: a test's own words
  if (WEXITSTATUS(status) > 2)
    GTEST_SKIP() << "nobody may not run it: " << content_of(file("error"));
  const Ran ran = {WEXITSTATUS(status), content_of(file("out")), ""};
  expect_has(lines_of(ran, "mail"),
             "n/a     mail: " + file("mail") + " is another user's: as root");
}

TEST_F(Check, ACredentialThatSystemdGivesTheMailer) {
  const auto ran = check(
      "mail.transport = smtp\nmail.from = no-reply@portal.example.jp\nmail.smtp.security = tls\n"
      "mail.smtp.username = portal\n"
      "mail.smtp.password_file = /run/credentials/portal-mailer.service/none-such\n",
      "--resolver 127.0.0.1:1");
  EXPECT_EQ(lines_of(ran, "files").substr(0, 3), "ok ") << ran.out;
  expect(ran, "n/a ", "mail", "is there only while the mailer runs");
}

// The package leaves the settings to the group of that name.
TEST_F(Check, WhoseProgramsTheyAreOnPostgreSQL) {
  const passwd* user = getpwnam("www-data");
  if (geteuid() != 0 || user == nullptr) GTEST_SKIP() << "only root can give files away";
  const std::string lines =
      "database.connector = PostgreSQL\ndatabase.connection = host=/nonexistent user=x dbname=x\n";
  expect_has(lines_of(check(lines), "templates"), "the programs run as root");
  ASSERT_EQ(chown(file("check.conf").c_str(), 0, user->pw_gid), 0);
  const auto ran = run("check --stopped", "check.conf");
  EXPECT_EQ(lines_of(ran, "templates").find("as root"), std::string::npos) << ran.out;
  expect_has(lines_of(ran, "templates"), "www-data");
}

TEST_F(Check, ProgramsAndTheTemplatesThatEachNeeds) {
  const std::string lines = own_templates();
  expect(check(lines), "ok ", "programs", "programs find");
  fs::rename(folder / "templates/activate_ended.tpl", folder / "away.tpl");
  expect(check(lines), "FAULT", "programs", "portal-activate: template ");
  expect(check(lines), "FAULT", "programs", "activate_ended.tpl is missing");
  fs::rename(folder / "away.tpl", folder / "templates/activate_ended.tpl");
  fs::rename(folder / "templates/mail/reset.txt.tpl", folder / "away.tpl");
  expect(check(lines), "FAULT", "programs", "portal-mailer: template ");
  fs::rename(folder / "away.tpl", folder / "templates/mail/reset.txt.tpl");
  write("templates/form.tpl", "{{#OPEN}}");
  expect(check(lines), "FAULT", "programs", "form.tpl is broken");
  expect(check("password.blocklist = /nonexistent\n"), "FAULT", "programs",
         "password.blocklist = /nonexistent: No such file or directory");
  expect(check("mail.from = nobody\n"), "FAULT", "programs",
         "mail.from = nobody is no mail address");
}

TEST_F(Check, TemplatesThatOthersMayChange) {
  const std::string lines = own_templates();
  chmod(file("templates/form.tpl").c_str(), 0666);
  expect(check(lines), "FAULT", "templates", "chmod 664 " + file("templates/form.tpl"));
  chmod(file("templates/form.tpl").c_str(), 0644);
  expect(check("templates.directory = /nonexistent\n"), "FAULT", "templates", "/nonexistent");
  if (geteuid() != 0) return;  // the rest is about another user
  expect(check(lines), "warning", "templates", "the programs run as root");
  expect_has(lines_of(check(lines, "--user nobody"), "templates"), "nobody only reads it");
  ASSERT_EQ(chown(file("templates/form.tpl").c_str(), 65534, 65534), 0);
  const auto ran = check(lines, "--user nobody");
  expect_has(lines_of(ran, "templates"),
             "warning templates: nobody, as whom the programs run, may");
}

TEST_F(Check, ADatabaseThatIsNotThere) {
  const auto ran = check("database.connection = " + file("none.db") + "\n");
  expect(ran, "FAULT", "database", "is not there: run `portalctl migrate`");
  EXPECT_FALSE(fs::exists(folder / "none.db"));
  for (const char* probe : {"schema", "sqlite", "roster"}) {
    EXPECT_EQ(lines_of(ran, probe).substr(0, 4), "n/a ") << ran.out;
  }
}

TEST_F(Check, ARosterThatIsEmpty) {
  write("empty.conf", "database.connection = " + file("empty.db") + "\n");
  ASSERT_EQ(run("migrate", "empty.conf").status, 0);
  expect(check("database.connection = " + file("empty.db") + "\n"), "FAULT", "roster",
         "no clinic in it: run `portalctl roster import FILE`");
}

TEST_F(Check, ASchemaThatSomebodyChanged) {
  const auto change = [&](const std::string& sql) {
    ASSERT_EQ(std::system(("sqlite3 " + file("portal.db") + " \"" + sql + "\"").c_str()), 0);
  };
  change("CREATE INDEX own ON account (phone)");
  const auto more = check();
  EXPECT_EQ(more.status, 0) << more.out;
  expect(more, "warning", "schema", "index own is none of the portal's");
  change(
      "DROP INDEX own; DROP INDEX audit_at; DROP TRIGGER audit_no_delete; "
      "ALTER TABLE account DROP COLUMN last_login_client");
  const auto ran = check();
  expect(ran, "FAULT", "schema", "index audit_at is missing");
  expect(ran, "FAULT", "schema", "trigger audit_no_delete is missing");
  expect(ran, "FAULT", "schema", "account.last_login_client is missing");
  expect(ran, "FAULT", "schema", "table account is another than the migrations make");
}

TEST_F(Check, AFileSystemWhereSQLiteIsDamaged) {
  expect(check_in("STRANGE_FILE_SYSTEM=nfs"), "FAULT", "sqlite", "is on NFS");
  expect(check_in("STRANGE_LOCKS=none"), "FAULT", "sqlite", "locks do not work there");
  on([](Connection& c) { return Roster(c).count(); });  // a session that stays, and its -wal
  {
    std::ofstream wal(file("portal.db-wal"), std::ios::in | std::ios::out | std::ios::binary);
    wal.seekp(100 * 1024 * 1024);
    wal << "x";
  }
  expect(check(), "warning", "sqlite", "portal.db-wal has 100 MB");
}

TEST_F(Check, AClockThatNobodySets) {
  expect(check_in("STRANGE_NTP=unsynchronised"), "warning", "ntp",
         "nobody sets this machine's clock");
  expect(check_in("STRANGE_NTP=synchronised"), "ok ", "ntp", "synchronised");
  expect(check_in("STRANGE_NTP=unknown"), "n/a ", "ntp", "does not say");
}

// The import is in the audit, an hour later than now.
TEST_F(Check, AClockThatWasSetBack) {
  const auto said = lines_of(check_in("STRANGE_CLOCK=-3600"), "clock");
  expect_has(said, "warning");
  expect_has(said, " s later than now: this clock is behind, or was ahead");
  EXPECT_EQ(lines_of(check(), "clock").find("warning"), std::string::npos);
}

TEST_F(Check, AMaildirThatCannotBeMade) {
  expect(check("mail.maildir = /dev/null/mail\n"), "FAULT", "mail", "/dev/null/mail");
}

// A named pipe that nobody writes to holds whoever opens it; the others go on.
TEST_F(Check, AProbeThatHangsIsEndedAndTheOthersAnswer) {
  ASSERT_EQ(mkfifo(file("pipe").c_str(), 0600), 0);
  const auto ran = check(
      "mail.transport = smtp\nmail.smtp.security = tls\nmail.smtp.username = portal\n"
      "mail.smtp.password_file = " +
          file("pipe") + "\n",
      "--timeout 8 --resolver 127.0.0.1:1");
  expect(ran, "FAULT", "mail", "no answer within 8 s");
  expect(ran, "FAULT", "settings", "");
  for (const char* probe : {"database", "schema", "roster"}) {
    EXPECT_EQ(lines_of(ran, probe).substr(0, 3), "ok ") << ran.out;
  }
  for (const char* wrong : {"0", "601", "soon"}) {
    EXPECT_EQ(check("", std::string("--timeout ") + wrong).status, 2);
  }
}

TEST_F(Check, JsonIsAnObjectALine) {
  const auto ran = check("", "--json");
  EXPECT_EQ(ran.status, 0);
  expect_has(ran.out, "{\"level\":\"ok\",\"probe\":\"database\",\"text\":\"SQLite, migrated\"}\n");
  expect_has(ran.out, "{\"level\":\"n/a\",\"probe\":\"roles\",");
  EXPECT_EQ(
      run("check --json", "missing.conf").out.find("{\"level\":\"FAULT\",\"probe\":\"settings\""),
      0U);
}

}  // namespace
}  // namespace portalctl_test
