// portalctl check: is everything ready that the programs need, and is it likely to stay so? A line
// for each finding, in plain words; each group of probes has a file in portalctl/check/.
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <Poco/NumberParser.h>

#include <algorithm>
#include <array>
#include <iostream>

#include "portalctl/check/probe.h"
#include "portalctl/check/runner.h"
#include "portalctl/fields.h"

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

// Who owns the database, as far as it can be told; else who asks.
std::string programs_user(const portal::Settings& settings) {
  struct stat status = {};
  const bool sqlite = settings.text("database.connector") == "SQLite";
  const bool there = sqlite && stat(settings.text("database.connection").c_str(), &status) == 0;
  const passwd* user = getpwuid(there ? status.st_uid : geteuid());
  return user == nullptr ? "" : user->pw_name;
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
  const std::string user = or_else(options.user, programs_user(settings));
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
