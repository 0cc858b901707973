// Probes of the responders' sockets: who may connect, whether they answer, and whether the web
// server's user can connect and read the assets.
#include <Poco/String.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <future>
#include <iterator>
#include <system_error>

#include "core/base/system_error.h"
#include "core/fastcgi/client.h"
#include "portalctl/check/probe.h"
#include "portalctl/check/steps.h"

namespace portalctl {
namespace {

namespace fs = std::filesystem;

// STEP.sock, and STEP-2.sock … if the step has several processes (conf/nginx/generate --scale).
std::vector<std::string> sockets_of(const Subject& subject, const Step& step) {
  const std::string start = subject.sockets + "/" + std::string(step.name);
  std::vector<std::string> paths = {start + ".sock"};
  for (int i = 2;; ++i) {
    const std::string path = start + "-" + std::to_string(i) + ".sock";
    std::error_code error;
    if (!fs::is_socket(path, error)) return paths;
    paths.push_back(path);
  }
}

// The steps that are to run: the public ones, and those of another site whose socket is there.
std::vector<Step> steps_that_run(const Subject& subject) {
  std::vector<Step> steps(std::begin(kSteps), std::end(kSteps));
  std::erase_if(steps, [&](const Step& step) {
    std::error_code error;
    return step.site != kPublicSite && !fs::exists(sockets_of(subject, step).front(), error);
  });
  return steps;
}

// If the operator did not name the folder, the sockets may be in another one.
Finding no_folder(const Subject& subject) {
  const std::string text = subject.sockets + " is not there: ";
  if (subject.sockets_named) return fault(text + "are the responders running?");
  return warning(text +
                 "start the responders, or name their folder with --sockets (mod_fcgid has none)");
}

// What is wrong with the socket as a file, or nothing.
std::string complaint_of_mode(const std::string& path) {
  struct stat status = {};
  if (lstat(path.c_str(), &status) != 0) {
    return path + ": " + portal::system_error() + ": is its responder running?";
  }
  if (!S_ISSOCK(status.st_mode))
    return path + " is no socket: remove it, and restart its responder";
  if ((status.st_mode & S_IRWXO) == 0) return "";
  return path + ": everybody on this machine may speak to the responder as if he were the web " +
         "server: SocketMode=0660, and the web server's group";
}

// What is wrong with the answer; empty: it is 200. The body of a CGI answer stands after the empty
// line.
std::string complaint_of_answer(const Subject& subject, const std::string& path, const Step& step) {
  const auto said = portal::fastcgi::ask(path,
                                         {{"REQUEST_METHOD", "GET"},
                                          {"REQUEST_URI", "/healthz/" + std::string(step.name)},
                                          {"REMOTE_ADDR", "127.0.0.1"}},
                                         subject.patience);
  if (!said)
    return said.error().message + ": `systemctl restart portal-" + std::string(step.name) + "`";
  if (said->starts_with("Status: 200 ")) return "";
  const auto end = said->find("\r\n\r\n");
  std::string body = end == std::string::npos ? *said : said->substr(end + 4);
  std::ranges::replace(body, '\n', ' ');
  return path + " cannot serve: " + Poco::trimRight(body);
}

// What is wrong with that socket.
Findings look_at_socket(const Subject& subject, const std::string& path, const Step& step) {
  Findings findings;
  if (const std::string wrong = complaint_of_mode(path); !wrong.empty()) {
    findings.push_back(fault(wrong));
  }
  std::error_code error;
  if (!fs::is_socket(path, error)) return findings;
  if (access(path.c_str(), W_OK) != 0) {
    findings.push_back(not_applicable(path + ": only root and the web server may ask: as root"));
  } else if (const std::string wrong = complaint_of_answer(subject, path, step); !wrong.empty()) {
    findings.push_back(fault(wrong));
  }
  return findings;
}

// Finds what the web server's user may not do; the probe has that user's rights.
void look_as_web_server(const Subject& subject, Findings& findings) {
  const std::string who = subject.web_user + ", as whom the web server runs, cannot ";
  for (const Step& step : kSteps) {
    for (const std::string& path : sockets_of(subject, step)) {
      if (access(path.c_str(), W_OK) == 0 || errno == ENOENT) continue;
      findings.push_back(fault(who + "connect to " + path + " (" + portal::system_error() +
                               "): put it into the socket's group"));
    }
  }
  const std::string assets = subject.settings.text("templates.directory") + "/assets";
  std::error_code error;
  for (fs::recursive_directory_iterator entry(assets, error), end; !error && entry != end;
       entry.increment(error)) {
    if (access(entry->path().c_str(), R_OK) == 0) continue;
    error = std::make_error_code(static_cast<std::errc>(errno));
    break;
  }
  if (!error) return;
  findings.push_back(fault(who + "read all of " + assets + " (" + error.message() +
                           "): `chmod -R a+rX " + assets + "`"));
}

}  // namespace

Findings probe_sockets(const Subject& subject) {
  if (!subject.sockets_there) return {no_folder(subject)};
  const std::vector<Step> steps = steps_that_run(subject);
  std::vector<std::future<Findings>> asked;  // all at once, because many may hang
  for (const Step& step : steps) {
    for (const std::string& path : sockets_of(subject, step)) {
      asked.push_back(std::async(std::launch::async,
                                 [&, path] { return look_at_socket(subject, path, step); }));
    }
  }
  Findings findings;
  for (auto& answer : asked) std::ranges::move(answer.get(), std::back_inserter(findings));
  if (findings.empty()) {
    findings.push_back(
        ok(std::to_string(asked.size()) + " responders answer in " + subject.sockets));
  }
  return findings;
}

Findings probe_web_server(const Subject& subject) {
  const passwd* user = getpwnam(subject.web_user.c_str());
  if (!subject.sockets_there && !subject.web_user_named) {
    return {not_applicable("no sockets are there; its user is named with --web-user")};
  }
  if (user == nullptr) {
    return {
        fault("there is no user " + subject.web_user + ": name the web server's with --web-user")};
  }
  if (user->pw_uid != geteuid()) {
    return {not_applicable("only root can look as " + subject.web_user)};
  }
  Findings findings;
  look_as_web_server(subject, findings);
  if (findings.empty()) {
    findings.push_back(ok(subject.web_user + " can connect, and read the assets"));
  }
  return findings;
}

}  // namespace portalctl
