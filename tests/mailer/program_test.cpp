// The program portal-mailer itself: options, exit statuses, signals.
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "core/database/journal/audit.h"
#include "office.h"
#include "program.h"

namespace portal {
namespace {

namespace fs = std::filesystem;

TEST(MailerProgram, OnceSendsWhatIsDueAndEchoesIt) {
  Office office;
  office.now = system_now();
  office.queue("row", "taro@example.jp");
  const Ended run = Program({"--config", configure(office), "--once", "--echo"}).wait();
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_TRUE(run.out.starts_with("髙﨑 太郎 様\n")) << run.out;
  EXPECT_NE(run.out.find("http://127.0.0.1:8080/activate?token="), std::string::npos) << run.out;
  EXPECT_EQ(run.err.find("token"), std::string::npos) << run.err;
  EXPECT_EQ(std::distance(fs::directory_iterator(office.directory() + "/mail/new"), {}), 1);
  EXPECT_EQ(office.row("row").state, "sent");
}

TEST(MailerProgram, RunsUntilSigterm) {
  Office office;
  Program program({"--config", configure(office)});
  EXPECT_NE(program.next_log_line().find("started"), std::string::npos);
  office.now = system_now();
  office.queue("row", "taro@example.jp");
  EXPECT_NE(program.next_log_line().find("outcome=delivered"), std::string::npos);
  program.signal(SIGTERM);
  const Ended run = program.wait();
  EXPECT_EQ(run.status, 0);
  EXPECT_NE(run.err.find("stopped"), std::string::npos) << run.err;
}

TEST(MailerProgram, SighupReadsTheTemplatesAgain) {
  Office office;
  const std::string templates = office.directory() + "/templates";
  fs::copy(PORTAL_SOURCE_DIR "/templates", templates, fs::copy_options::recursive);
  const std::string text = templates + "/mail/activation.txt.tpl";
  Program program(
      {"--config", configure(office, "templates.directory = " + templates + "\n"), "--echo"});
  EXPECT_NE(program.next_log_line().find("started"), std::string::npos);

  std::ofstream(text, std::ios::app) << "The new words.\n";
  program.signal(SIGHUP);
  EXPECT_NE(program.next_log_line().find("templates_reloaded"), std::string::npos);
  std::ofstream(text) << "{{#BROKEN}}\n";
  program.signal(SIGHUP);
  EXPECT_NE(program.next_log_line().find("File ended"),
            std::string::npos);  // ctemplate's own words
  EXPECT_NE(program.next_log_line().find("activation.txt.tpl"), std::string::npos);
  EXPECT_NE(program.next_log_line().find("templates_kept"), std::string::npos);

  office.now = system_now();
  office.queue("row", "taro@example.jp");
  EXPECT_NE(program.next_log_line().find("outcome=delivered"), std::string::npos);
  program.signal(SIGTERM);
  const Ended run = program.wait();
  EXPECT_EQ(run.status, 0);
  EXPECT_NE(run.out.find("The new words."), std::string::npos) << run.out;
}

TEST(MailerProgram, SealsTheAudit) {
  Office office;
  const auto added = office.database().write([](Connection& connection) {
    Audit(connection).add({"id", system_now() - kMinute, "login", "account", "", "", ""});
    return Done{};
  });
  ASSERT_TRUE(added) << added.error().message;
  const Ended run = Program({"--config", configure(office), "--once"}).wait();
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_EQ(office.count("audit_seal"), 1);
  EXPECT_EQ(office.count("audit_sealed"), 1);
}

TEST(MailerProgram, OnceWithoutDatabaseFails) {
  Office office;
  const std::string path = configure(office, "database.connection = /nowhere/portal.db\n");
  const Ended run = Program({"--config", path, "--once"}).wait();
  EXPECT_EQ(run.status, 1);
  EXPECT_NE(run.err.find("database_away"), std::string::npos) << run.err;
}

TEST(MailerProgram, OperatorsFaultsAreOneLineAndStatus2) {
  Office office;
  struct Case {
    const char* label;
    std::vector<std::string> arguments;
    const char* complaint;
  };
  const std::string directory = office.directory();
  const auto conf = [&](const std::string& name, const std::string& more) {
    const std::string path = directory + "/" + name;
    fs::copy_file(configure(office, more), path);
    return path;
  };
  for (const Case& c : std::vector<Case>{
           {"option", {"--onec"}, "--onec"},
           {"argument", {"now"}, "now"},
           {"no file", {"--config", directory + "/none"}, "none"},
           {"sender", {"--config", conf("1", "mail.from = Portal\n")}, "mail.from"},
           {"bounces", {"--config", conf("4", "mail.bounces = Portal\n")}, "mail.bounces"},
           {"templates", {"--config", conf("2", "templates.directory = /none\n")}, "templates"},
           {"Maildir", {"--config", conf("3", "mail.maildir = /dev/null\n")}, "mail.maildir"}}) {
    const Ended run = Program(c.arguments).wait();
    EXPECT_EQ(run.status, 2) << c.label;
    EXPECT_NE(run.err.find(c.complaint), std::string::npos) << c.label << ": " << run.err;
    EXPECT_EQ(std::count(run.err.begin(), run.err.end(), '\n'), 1) << c.label << ": " << run.err;
  }
}

TEST(MailerProgram, HelpAndVersion) {
  EXPECT_EQ(Program({"--version"}).wait().out, "portal 1.0.0\n");
  const Ended help = Program({"--help"}).wait();
  EXPECT_EQ(help.status, 0);
  for (const auto* word : {"--config", "--once", "--echo", "--bounce", "SIGTERM", "SIGHUP", "75"}) {
    EXPECT_NE(help.out.find(word), std::string::npos) << word;
  }
}

}  // namespace
}  // namespace portal
