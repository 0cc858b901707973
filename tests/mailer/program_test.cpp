// The program portal-mailer itself: options, exit statuses, signals.
#include <Poco/Pipe.h>
#include <Poco/PipeStream.h>
#include <Poco/Process.h>
#include <Poco/StreamCopier.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "core/database/audit.h"
#include "office.h"

namespace portal {
namespace {

namespace fs = std::filesystem;

struct Ended {
  int status = 0;
  std::string out, err;
};

class Program {
 public:
  explicit Program(const std::vector<std::string>& arguments)
      : handle_(Poco::Process::launch(PORTAL_BUILD_DIR "/bin/portal-mailer", arguments, nullptr,
                                      &out_, &err_)) {}
  void signal(int number) const { ::kill(handle_.id(), number); }
  // Reads until the program closes its standard error; one line of it at a time.
  std::string next_log_line() {
    std::string line;
    std::getline(log_, line);
    return line;
  }
  Ended wait() {
    Ended run;
    Poco::PipeInputStream out(out_);
    Poco::StreamCopier::copyToString(out, run.out);
    Poco::StreamCopier::copyToString(log_, run.err);
    run.status = handle_.wait();
    return run;
  }

 private:
  Poco::Pipe out_, err_;
  Poco::ProcessHandle handle_;
  Poco::PipeInputStream log_{err_};
};

// portal.conf for the office's database, with a Maildir beside it.
std::string configure(const Office& office, const std::string& more = "") {
  const std::string path = office.directory() + "/portal.conf";
  std::ofstream(path) << "database.connection = " << office.directory() << "/portal.db\n"
                      << "templates.directory = " PORTAL_SOURCE_DIR "/templates\n"
                      << "mail.maildir = " << office.directory() << "/mail\n"
                      << more;
  return path;
}

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
  for (const auto* word : {"--config", "--once", "--echo", "SIGTERM"}) {
    EXPECT_NE(help.out.find(word), std::string::npos) << word;
  }
}

}  // namespace
}  // namespace portal
