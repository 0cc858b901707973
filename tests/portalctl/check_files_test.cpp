// portalctl check: who may read and change files, programs and templates, and what is missing
// there.
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "check.h"

namespace portalctl_test {
namespace {

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

}  // namespace
}  // namespace portalctl_test
