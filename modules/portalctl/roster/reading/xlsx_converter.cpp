#include "portalctl/roster/reading/xlsx_converter.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>
#include <vector>

namespace portalctl {
namespace {

using portal::refused;

constexpr const char* kProgram = "xlsx2csv";

class Actions {
 public:
  Actions() { posix_spawn_file_actions_init(&actions_); }
  Actions(const Actions&) = delete;
  Actions& operator=(const Actions&) = delete;
  ~Actions() { posix_spawn_file_actions_destroy(&actions_); }
  void connect(int from, int to) { posix_spawn_file_actions_adddup2(&actions_, from, to); }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_ = {};
};

// Both ends are closed when another program is started.
struct Pipe {
  File reading;
  File writing;
};

Pipe make_pipe() {
  std::array<int, 2> ends = {};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return {};
  return {File(fdopen(ends[0], "r")), File(fdopen(ends[1], "w"))};
}

}  // namespace

portal::Result<std::unique_ptr<XlsxConverter>> XlsxConverter::start(const std::string& path,
                                                                    const std::string& sheet) {
  Pipe output = make_pipe();
  Pipe error = make_pipe();
  if (!output.reading || !error.reading)
    return refused(std::string("pipe: ") + std::strerror(errno));
  Actions actions;
  actions.connect(fileno(output.writing.get()), STDOUT_FILENO);
  actions.connect(fileno(error.writing.get()), STDERR_FILENO);
  // Dates as files have them; for 令和 formats the program's own default gives no date at all.
  std::vector<std::string> words = {kProgram, "-f", "%Y-%m-%d"};
  if (!sheet.empty()) words.insert(words.end(), {"-n", sheet});
  words.insert(words.end(), {"--", std::filesystem::absolute(path)});
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t process = 0;
  const int failed =
      posix_spawnp(&process, kProgram, actions.get(), nullptr, arguments.data(), environ);
  if (failed != 0) {
    return refused(std::string(kProgram) + ": " + std::strerror(failed) +
                   ": install Debian's package xlsx2csv, or save the file as CSV");
  }
  return std::unique_ptr<XlsxConverter>(
      new XlsxConverter(process, std::move(output.reading), std::move(error.reading)));
}

XlsxConverter::~XlsxConverter() {
  if (process_ == 0) return;
  kill(process_, SIGKILL);
  waitpid(process_, nullptr, 0);
}

portal::Result<portal::Done> XlsxConverter::finish() {
  LineSource error(std::move(error_));
  std::string said;
  while (const auto line = error.next()) said = said.empty() ? *line : said;
  int status = 0;
  waitpid(std::exchange(process_, 0), &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return portal::Done{};
  return refused(std::string(kProgram) +
                 " cannot read it: " + (said.empty() ? "it ended early" : said));
}

}  // namespace portalctl
