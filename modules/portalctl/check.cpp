// portalctl check: is everything ready that the programs need, and is it likely to stay so? It
// prints a line in plain words for each finding. The probes are in portalctl/check/.
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <Poco/NumberParser.h>

#include <algorithm>
#include <array>
#include <iostream>

#include "core/text/text.h"
#include "portalctl/check/probe.h"
#include "portalctl/check/runner.h"
#include "portalctl/printing.h"
#include "portalctl/sql_directory.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr Option kStopped = {"stopped", "", "check: leaves out what asks the running portal"};
constexpr Option kSockets = {"sockets", "DIR",
                             "check: the folder of the responders' sockets (default: /run/portal)"};
constexpr Option kUser = {
    "user", "NAME",
    "check: as whom the programs run (default: the owner of the SQLite file, or who is named "
    "like the group of the settings)"};
constexpr Option kWebUser = {"web-user", "NAME",
                             "check: as whom the web server runs (default: www-data)"};
constexpr Option kDkimSelector = {
    "dkim-selector", "NAME",
    "check: the relay's DKIM key is at NAME._domainkey of the sender's domain"};
constexpr Option kResolver = {
    "resolver", "ADDRESS",
    "check: the DNS server, ADDRESS or ADDRESS:PORT (default: the system's)"};
constexpr Option kTimeout = {"timeout", "SECONDS",
                             "check: how long a probe may take (default: 15)"};
constexpr std::array kOptions = {kStopped,  kSockets,   kUser,    kWebUser, kDkimSelector,
                                 kResolver, kDirectory, kTimeout, kJson};

Result<Done> check(Context& context);

}  // namespace

// It reads the settings itself: that they are wrong is one of its findings.
constexpr Verb kCheck = {.usage = {.words = "check",
                                   .options = kOptions,
                                   .help = "Looks for every likely fault, from settings and file "
                                           "modes to the certificate and the "
                                           "sender's DNS records: a line each with what to do. Run "
                                           "by root, it looks with the rights "
                                           "of the user whom each is about.",
                                   .example = "portalctl check --dkim-selector portal"},
                         .run = check,
                         .needs_settings = false};

namespace {

constexpr std::array kProbes = {
    Probe{"settings", probe_settings, "portalctl settings"},
    Probe{"files", probe_files, "ls -la /etc/portal /var/lib/portal", Rights::kCaller},
    Probe{"programs", probe_programs, "portal-form --check"},
    Probe{"templates", probe_templates_closed, "portal-pages --check", Rights::kCaller},
    Probe{"database", probe_database, "systemctl status postgresql"},
    Probe{"schema", probe_schema, "portalctl migrate"},
    Probe{"sqlite", probe_sqlite, "findmnt --target /var/lib/portal"},
    Probe{"postgresql", probe_postgresql, "systemctl status postgresql"},
    Probe{"roles", probe_roles, "psql -X -v ON_ERROR_STOP=1 -1 -f roles.sql DATABASE"},
    Probe{"roster", probe_roster, "portalctl roster editions"},
    Probe{"mail", probe_mail, "portalctl mail status", Rights::kMailer},
    Probe{"mail queue", probe_mail_queue, "portalctl mail status"},
    Probe{"sender", probe_sender, "portalctl check --dkim-selector NAME"},
    Probe{"clock", probe_clock, "timedatectl"},
    Probe{"ntp", probe_ntp, "timedatectl"},
    Probe{"sockets", probe_sockets, "systemctl status 'portal-*'", Rights::kCaller, true},
    Probe{"web server", probe_web_server, "nginx -t", Rights::kWebServer, true},
    Probe{"site", probe_site, "systemctl status nginx apache2", Rights::kPrograms, true},
    Probe{"certificate", probe_certificate, "certbot certificates", Rights::kPrograms, true},
    Probe{"redirect", probe_redirect, "nginx -T", Rights::kPrograms, true},
    Probe{"healthz", probe_healthz, "nginx -T", Rights::kPrograms, true},
};

constexpr std::array<std::string_view, 4> kWords = {"ok", "n/a", "warning", "FAULT"};
constexpr int kUsualSeconds = 15;
constexpr int kMostSeconds = 600;

std::string_view word_of(Level level) {
  return kWords[static_cast<std::size_t>(level)];
}

void print(std::string_view name, const Finding& finding, bool json) {
  const std::string text =
      finding.next.empty() ? finding.text : finding.text + ": `" + finding.next + "`";
  if (json) {
    print_json({{"level", std::string(word_of(finding.level))},
                {"probe", std::string(name)},
                {"text", text}});
    return;
  }
  std::string word(word_of(finding.level));
  word.resize(8, ' ');
  std::cout << word << name << ": " << portal::text::visible(text) << "\n";
}

std::string name_of(uid_t id) {
  const passwd* user = getpwuid(id);
  return user == nullptr ? "" : user->pw_name;
}

// The user as whom the programs run. With SQLite it is the owner of the database. With PostgreSQL
// it is the user who is named like the group of the settings, which is how the package installs
// them; otherwise the user who asks.
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

// The mailer has a user of its own if conf/systemd/sysusers.conf has made the users.
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
                   const Context& context, std::chrono::seconds limit) {
  const std::string user = or_else(context.value(kUser), programs_user(settings, path));
  const std::string sockets = or_else(context.value(kSockets), "/run/portal");
  return {.settings = settings,
          .settings_path = path,
          .sql_directory = sql_directory(context.value(kDirectory)),
          .user = user,
          .mailer = or_else(context.value(kUser), mailer_user(user)),
          .web_user = or_else(context.value(kWebUser), "www-data"),
          .web_user_named = !context.value(kWebUser).empty(),
          .root = geteuid() == 0,
          .stopped = context.has(kStopped),
          .sockets = sockets,
          .sockets_named = !context.value(kSockets).empty(),
          .sockets_there = is_folder(sockets),
          .resolver = context.value(kResolver),
          .dkim_selector = context.value(kDkimSelector),
          // Two questions in a row end before the probe does.
          .patience = limit * 2 / 5};
}

Result<std::chrono::seconds> limit_of(const Context& context) {
  const std::string text = context.value(kTimeout);
  int seconds = kUsualSeconds;
  if (!text.empty() &&
      (!Poco::NumberParser::tryParse(text, seconds) || seconds < 1 || seconds > kMostSeconds)) {
    return portal::wrong_usage("--timeout: a number of seconds from 1 to 600");
  }
  return std::chrono::seconds(seconds);
}

Result<Done> check(Context& context) {
  const portal::Error said = portal::refused("");  // each finding is a line of the output
  const bool json = context.has(kJson);
  const auto limit = limit_of(context);
  if (!limit) return limit.error();
  const std::string path = context.settings_path();
  const auto settings = portal::Settings::load(path, environ);
  if (!settings) {  // the other probes would look at the defaults
    print("settings", fault(settings.error().message), json);
    return said;
  }
  const Subject subject = subject_of(*settings, path, context, *limit);
  std::vector<Probe> probes(kProbes.begin(), kProbes.end());
  if (subject.stopped) std::erase_if(probes, [](const Probe& probe) { return probe.needs_portal; });
  int faults = 0;
  run_probes(probes, subject, *limit, [&](const Probe& probe, const Finding& finding) {
    if (finding.level == Level::kFault) ++faults;
    print(probe.name, finding, json);
  });
  if (faults > 0) return said;
  return Done{};
}

}  // namespace
}  // namespace portalctl
