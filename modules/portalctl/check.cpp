// portalctl check: is everything ready that the programs need, and is it likely to stay so? A line
// for each finding, in plain words; each group of probes has a file in portalctl/check/.
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <Poco/NumberParser.h>

#include <algorithm>
#include <array>
#include <iostream>

#include "portalctl/check/probe.h"
#include "portalctl/check/runner.h"
#include "portalctl/printing.h"

namespace portalctl {
namespace {

constexpr std::array kProbes = {
    Probe{"settings", probe_settings},
    Probe{"files", probe_files, As::kCaller},
    Probe{"programs", probe_programs},
    Probe{"templates", probe_templates_closed, As::kCaller},
    Probe{"database", probe_database},
    Probe{"schema", probe_schema},
    Probe{"sqlite", probe_sqlite},
    Probe{"postgresql", probe_postgresql},
    Probe{"roles", probe_roles},
    Probe{"roster", probe_roster},
    Probe{"mail", probe_mail, As::kMailer},
    Probe{"sender", probe_sender},
    Probe{"clock", probe_clock},
    Probe{"ntp", probe_ntp},
    Probe{"sockets", probe_sockets, As::kCaller, true},
    Probe{"web server", probe_web_server, As::kWebServer, true},
    Probe{"site", probe_site, As::kPrograms, true},
    Probe{"certificate", probe_certificate, As::kPrograms, true},
    Probe{"redirect", probe_redirect, As::kPrograms, true},
    Probe{"healthz", probe_healthz, As::kPrograms, true},
};

constexpr std::array<std::string_view, 4> kWords = {"ok", "n/a", "warning", "FAULT"};
constexpr int kUsualSeconds = 15;
constexpr int kMostSeconds = 600;

std::string_view word_of(Level level) {
  return kWords[static_cast<std::size_t>(level)];
}

void print(std::string_view name, const Finding& finding, bool json) {
  if (json) {
    print_json({{"level", std::string(word_of(finding.level))},
                {"probe", std::string(name)},
                {"text", finding.text}});
    return;
  }
  std::string word(word_of(finding.level));
  word.resize(8, ' ');
  std::cout << word << name << ": " << finding.text << "\n";
}

std::string name_of(uid_t id) {
  const passwd* user = getpwuid(id);
  return user == nullptr ? "" : user->pw_name;
}

// Who owns the SQLite database; with PostgreSQL, who is called like the group that may read the
// settings, as a package leaves them; else who asks.
std::string programs_user(const portal::Settings& settings, const std::string& path) {
  struct stat status = {};
  if (settings.text("database.connector") == "SQLite") {
    const bool there = stat(settings.text("database.connection").c_str(), &status) == 0;
    return name_of(there ? status.st_uid : geteuid());
  }
  const group* readers = stat(path.c_str(), &status) == 0 ? getgrgid(status.st_gid) : nullptr;
  const bool theirs = readers != nullptr && getpwnam(readers->gr_name) != nullptr;
  return geteuid() == 0 && theirs ? readers->gr_name : name_of(geteuid());
}

// With the users of conf/systemd/sysusers.conf, the mailer has one of its own.
std::string mailer_user(const std::string& programs) {
  constexpr auto kMailer = "portal-mailer";
  return programs == "portal" && getpwnam(kMailer) != nullptr ? kMailer : programs;
}

bool is_folder(const std::string& path) {
  struct stat status = {};
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

std::string or_else(const std::string& option, const std::string& usual) {
  return option.empty() ? usual : option;
}

Subject subject_of(const portal::Settings& settings, const std::string& path,
                   const Options& options, std::chrono::seconds limit) {
  const std::string user = or_else(options.user, programs_user(settings, path));
  const std::string sockets = or_else(options.sockets, "/run/portal");
  return {.settings = settings,
          .settings_path = path,
          .options = options,
          .user = user,
          .mailer = or_else(options.user, mailer_user(user)),
          .web_user = or_else(options.web_user, "www-data"),
          .root = geteuid() == 0,
          .sockets = sockets,
          .sockets_there = is_folder(sockets),
          // Two in a row end before the probe does.
          .patience = limit * 2 / 5};
}

}  // namespace

int check(const Invocation& invocation) {
  const Options& options = invocation.options;
  int seconds = kUsualSeconds;
  if (!options.timeout.empty() && (!Poco::NumberParser::tryParse(options.timeout, seconds) ||
                                   seconds < 1 || seconds > kMostSeconds)) {
    return fail("--timeout: a number of seconds from 1 to 600", kWrongUsage);
  }
  const std::string path = portal::settings_path(options.config);
  const auto settings = portal::Settings::load(path, environ);
  if (!settings) {  // the others would be about the defaults
    print("settings", fault(settings.error().message), options.json);
    return kRefused;
  }
  const std::chrono::seconds limit(seconds);
  const Subject subject = subject_of(*settings, path, options, limit);
  std::vector<Probe> probes(kProbes.begin(), kProbes.end());
  if (options.stopped) std::erase_if(probes, [](const Probe& probe) { return probe.needs_portal; });
  int faults = 0;
  run_probes(probes, subject, limit, [&](std::string_view name, const Finding& finding) {
    if (finding.level == Level::kFault) ++faults;
    print(name, finding, options.json);
  });
  return faults == 0 ? kDone : kRefused;
}

}  // namespace portalctl
