// The probe that runs each program with --check. A program itself knows what keeps it from
// starting, such as the templates that it needs, so that no list of them stands here.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <string>

#include "core/base/system_error.h"
#include "portalctl/check/probe.h"
#include "portalctl/check/steps.h"

namespace portalctl {
namespace {

namespace fs = std::filesystem;

struct Said {
  int status = -1;
  std::string words;  // the last line on standard error
};

std::string last_line(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  const auto start = text.rfind('\n');
  return start == std::string::npos ? text : text.substr(start + 1);
}

[[noreturn]] void become_program(const std::string& program, const std::string& settings,
                                 int error) {
  dup2(error, STDERR_FILENO);
  execl(program.c_str(), program.c_str(), "--config", settings.c_str(), "--check", nullptr);
  _exit(127);
}

Said ask(const std::string& program, const std::string& settings) {
  std::array<int, 2> ends = {-1, -1};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return {-1, portal::system_error()};
  const pid_t process = fork();
  if (process == 0) become_program(program, settings, ends[1]);
  close(ends[1]);
  Said said;
  std::array<char, 4096> part{};
  ssize_t size = 0;
  while ((size = read(ends[0], part.data(), part.size())) > 0) {
    said.words.append(part.data(), static_cast<std::size_t>(size));
  }
  close(ends[0]);
  int status = 0;
  if (process > 0 && waitpid(process, &status, 0) == process && WIFEXITED(status)) {
    said.status = WEXITSTATUS(status);
  }
  said.words = last_line(said.words);
  return said;
}

}  // namespace

Findings probe_programs(const Subject& subject) {
  const fs::path folder = fs::read_symlink("/proc/self/exe").parent_path();
  std::vector<std::string> names = {"portal-mailer"};
  for (const Step& step : kSteps) names.push_back("portal-" + std::string(step.name));
  Findings findings;
  for (const std::string& name : names) {
    const std::string program = folder / name;
    if (access(program.c_str(), X_OK) != 0) {
      findings.push_back(fault(program + ": " + portal::system_error() +
                               ": install it beside portalctl, of the same version"));
      continue;
    }
    const Said said = ask(program, subject.settings_path);
    if (said.status == 0) continue;
    findings.push_back(
        fault(said.words.empty() ? program + " does not start: run it with --check" : said.words));
  }
  if (findings.empty()) {
    findings.push_back(
        ok(std::to_string(names.size()) + " programs find their settings and templates"));
  }
  return findings;
}

}  // namespace portalctl
