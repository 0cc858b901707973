// portalctl check: each probe says its fault where there is one, and none where there is not. What
// takes servers is in check_*.sh and check_sender.py.
#include <filesystem>
#include <string>

#include "check.h"

namespace portalctl_test {
namespace {

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
