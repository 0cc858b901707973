#include "portalctl/check/runner.h"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <iostream>
#include <optional>

#include "core/base/system_error.h"

namespace portalctl {
namespace {

using Clock = std::chrono::steady_clock;

// ---- in the probe's process

// Takes the rights of that user for good. Nothing: it is done, or there is no need.
std::optional<Finding> become(const std::string& name) {
  if (geteuid() != 0) return std::nullopt;
  const passwd* user = getpwnam(name.c_str());
  if (user == nullptr)
    return fault("there is no user " + name + ": name the right one, see --help");
  if (user->pw_uid == 0) return std::nullopt;
  if (initgroups(user->pw_name, user->pw_gid) == 0 && setgid(user->pw_gid) == 0 &&
      setuid(user->pw_uid) == 0 && setenv("HOME", user->pw_dir, 1) == 0) {
    return std::nullopt;
  }
  return fault("cannot look as user " + name + ": " + portal::system_error());
}

Findings look(const Probe& probe, const Subject& subject) {
  std::optional<Finding> trouble;
  if (probe.rights == Rights::kPrograms) trouble = become(subject.user);
  if (probe.rights == Rights::kMailer) trouble = become(subject.mailer);
  if (probe.rights == Rights::kWebServer) trouble = become(subject.web_user);
  return trouble ? Findings{*trouble} : probe.look(subject);
}

// Each finding is written as its level, a digit, then its text and its next command, each with NUL
// at the end.
std::string encoded(const Findings& findings) {
  std::string all;
  for (const auto& [level, text, next] : findings) {
    all += static_cast<char>('0' + static_cast<int>(level));
    all.append(text.c_str()).push_back('\0');
    all.append(next.c_str()).push_back('\0');
  }
  return all;
}

[[noreturn]] void answer(const Probe& probe, const Subject& subject, int pipe) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // Ctrl-C ends the probes too
  std::string bytes;
  try {
    bytes = encoded(look(probe, subject));
  } catch (const std::exception& error) {
    bytes = encoded({fault(std::string("the probe failed: ") + error.what())});
  }
  std::string_view rest = bytes;
  while (!rest.empty()) {
    const ssize_t written = write(pipe, rest.data(), rest.size());
    if (written < 0) _exit(1);
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  _exit(0);  // the destructors belong to the parent
}

// ---- in portalctl's

struct Running {
  pid_t process = -1;
  int pipe = -1;
  std::string bytes;
};

Running start(const Probe& probe, const Subject& subject) {
  std::array<int, 2> ends = {-1, -1};
  Running running;
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return running;
  std::cout.flush();
  running.process = fork();
  if (running.process == 0) answer(probe, subject, ends[1]);
  close(ends[1]);
  running.pipe = ends[0];
  return running;
}

// False: the probe has written all.
bool read_some(Running& running) {
  std::array<char, 4096> part{};
  const ssize_t size = read(running.pipe, part.data(), part.size());
  if (size > 0) running.bytes.append(part.data(), static_cast<std::size_t>(size));
  return size > 0;
}

// Reads until all probes have ended or the time is over.
void collect(std::vector<Running>& all, Clock::time_point deadline) {
  std::vector<pollfd> open;
  open.reserve(all.size());
  for (const auto& running : all) open.push_back({running.pipe, POLLIN, 0});
  const auto is_open = [](const pollfd& descriptor) { return descriptor.fd >= 0; };
  while (std::ranges::any_of(open, is_open)) {
    using std::chrono::milliseconds;
    const auto left = std::chrono::duration_cast<milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) return;
    if (poll(open.data(), open.size(), static_cast<int>(left.count())) <= 0) continue;
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (open[i].revents != 0 && !read_some(all[i])) open[i].fd = -1;
    }
  }
}

Findings decoded(std::string_view bytes) {
  const auto take = [&] {
    const auto end = std::min(bytes.find('\0'), bytes.size());
    const std::string part(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    return part;
  };
  Findings findings;
  while (!bytes.empty()) {
    const std::string text = take();
    const std::string next = take();
    findings.push_back({static_cast<Level>(text[0] - '0'), text.substr(1), next});
  }
  return findings;
}

Findings end(Running& running, std::chrono::seconds limit) {
  if (running.process < 0) return {fault("no process can be started: " + portal::system_error())};
  kill(running.process, SIGKILL);  // if it has not ended by itself
  close(running.pipe);
  int status = 0;
  waitpid(running.process, &status, 0);
  // A process that has written all may still be killed on its way out. What it said counts.
  if (!running.bytes.empty() && running.bytes.back() == '\0') return decoded(running.bytes);
  if (WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL) {
    return {fault(std::string("the probe died: ") + strsignal(WTERMSIG(status)))};
  }
  return {fault("no answer within " + std::to_string(limit.count()) +
                " s: what it asks hangs (see --timeout)")};
}

// A bad finding always names the command that comes next.
void name_next(const Probe& probe, Finding& finding) {
  const bool bad = finding.level >= Level::kUnknown;
  const bool named = !finding.next.empty() || finding.text.find('`') != std::string::npos;
  if (bad && !named) finding.next = probe.next;
}

}  // namespace

void run_probes(std::span<const Probe> probes, const Subject& subject, std::chrono::seconds limit,
                const std::function<void(const Probe&, const Finding&)>& report) {
  const auto deadline = Clock::now() + limit;
  std::vector<Running> all;
  all.reserve(probes.size());
  for (const Probe& probe : probes) all.push_back(start(probe, subject));
  collect(all, deadline);
  for (std::size_t i = 0; i < probes.size(); ++i) {
    for (Finding& finding : end(all[i], limit)) {
      name_next(probes[i], finding);
      report(probes[i], finding);
    }
  }
}

}  // namespace portalctl
