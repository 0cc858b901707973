// portalctl status: the lines that a real site does not make bad at will; the others are in
// broken_sites.sh.
#include <sstream>
#include <vector>

#include "migrated_portal.h"

namespace portalctl_test {
namespace {

class Status : public MigratedPortal {
 protected:
  static std::vector<std::string> programs() {
    std::ifstream file(PORTAL_SOURCE_DIR "/modules/steps.list");
    std::vector<std::string> names = {"mailer"};
    for (std::string line; std::getline(file, line);) {
      if (!line.empty() && line[0] >= 'a' && line[0] <= 'z') {
        names.push_back(line.substr(0, line.find(' ')));
      }
    }
    return names;
  }
  // A program's file, as it has been written that long ago.
  void write_metrics(const std::string& name, int errors, portal::EpochSeconds started,
                     portal::EpochSeconds written = 0) const {
    const auto now = portal::system_now();
    const std::string labels = "{step=\"" + name + "\",process=\"1\"} ";
    write("metrics/portal-" + name + "-1.prom",
          "# TYPE portal_errors_last_hour gauge\nportal_errors_last_hour" + labels +
              std::to_string(errors) + "\nportal_metrics_written_timestamp_seconds" + labels +
              std::to_string(now - written) + "\nportal_process_start_time_seconds" + labels +
              std::to_string(now - started) + "\n");
  }
  std::string errors() const {
    write("status.conf",
          content_of(folder / "portal.conf") + "metrics.directory = " + file("metrics") + "\n");
    const Ran ran = run("status --json", "status.conf");
    std::istringstream lines(ran.out);
    for (std::string line; std::getline(lines, line);) {
      if (line.find("\"subject\":\"errors\"") != std::string::npos) return line;
    }
    return ran.out + ran.error;
  }
};

TEST_F(Status, TheErrorsOfTheLastHour) {
  using portal::kHour;
  using portal::kMinute;
  fs::create_directory(folder / "metrics");
  expect_has(errors(), "\"level\":\"unknown\"");
  for (const auto& name : programs()) write_metrics(name, 0, 2 * kHour);
  expect_has(errors(),
             "\"level\":\"ok\",\"subject\":\"errors\",\"text\":\"none in the last hour\"");

  write_metrics("form", 3, 2 * kHour);
  write_metrics("mailer", 1, 2 * kHour);
  expect_has(errors(), "\"level\":\"warning\"");
  expect_has(errors(), "lines of the log: mailer 1, form 3");
  expect_has(errors(), "\"next\":\"journalctl -q -p err -S -1h -u 'portal-*'\"");

  write_metrics("form", 0, 10 * kMinute);
  write_metrics("mailer", 0, 2 * kHour);
  expect_has(errors(), "\"level\":\"ok\"");
  expect_has(errors(), "none; all is known since ");

  // It has hung, or was killed: nothing is known, which is not good.
  write_metrics("login", 0, 2 * kHour, 10 * kMinute);
  expect_has(errors(), "\"level\":\"unknown\"");
  expect_has(errors(), "nothing is known of login, which write no metrics now");
}

TEST_F(Status, EachBadLineNamesTheNextCommandAndAllFitATerminal) {
  const Ran ran = run("status");
  EXPECT_EQ(ran.status, 1) << "no mailer ever ran here\n" << ran.out;
  std::istringstream lines(ran.out);
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(line.substr(0, 23), "http://127.0.0.1:8080  ");
  bool bad = false;
  for (; std::getline(lines, line);) {
    const bool next = line.find("  next: ") != std::string::npos;
    EXPECT_TRUE(next || line.size() <= 80) << line;
    if (line[0] != ' ') {
      EXPECT_FALSE(bad) << "no command before: " << line;
      bad = line[0] == 'F' || line[0] == 'w' || line[0] == 'u';
    }
    if (next) bad = false;
  }
  EXPECT_FALSE(bad);
}

}  // namespace
}  // namespace portalctl_test
