// A probe of `portalctl check` looks at one subject and returns what it has found. Each group of
// probes has a file of its own; the table of all probes is in portalctl/check.cpp.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/base/settings.h"

namespace portalctl {

// kUnknown: it could not be found out, so it may be good or bad.
enum class Level { kOk, kNotApplicable, kUnknown, kWarning, kFault };

// A line for an operator: what is right, why the probe does not apply, or what is wrong and what to
// do about it. `next` is the command to run next; if it is empty, the text names one, or that of
// the probe holds.
struct Finding {
  Level level;
  std::string text;
  std::string next = {};
};
using Findings = std::vector<Finding>;

inline Finding ok(std::string text) {
  return {Level::kOk, std::move(text)};
}
inline Finding not_applicable(std::string text) {
  return {Level::kNotApplicable, std::move(text)};
}
inline Finding unknown(std::string text, std::string next = "") {
  return {Level::kUnknown, std::move(text), std::move(next)};
}
inline Finding warning(std::string text, std::string next = "") {
  return {Level::kWarning, std::move(text), std::move(next)};
}
inline Finding fault(std::string text, std::string next = "") {
  return {Level::kFault, std::move(text), std::move(next)};
}

// The command that comes next: `next`, or what stands between backquotes in the text.
std::string next_of(const Finding& finding);

// What a probe is asked about.
struct Subject {
  const portal::Settings& settings;
  const std::string& settings_path;
  std::string sql_directory;           // the folder of the numbered SQL files
  std::string user;                    // as whom the programs run
  std::string mailer;                  // as whom portal-mailer does
  std::string web_user;                // as whom the web server does
  bool web_user_named;                 // by the operator; else it is the usual one
  bool root;                           // it is root who asks
  bool stopped;                        // the portal is not running
  std::string sockets;                 // folder
  bool sockets_named;                  // by the operator; else it is the usual one
  bool sockets_there;                  // which the web server may not see
  std::string resolver;                // the DNS server; empty: the system's
  std::string dkim_selector;           // empty: it was not named
  std::chrono::milliseconds patience;  // for one question to somebody else

  bool smtp() const { return settings.text("mail.transport") == "smtp"; }
  // Somebody may come in at the desk (conf/desk.md).
  bool desk() const {
    return !settings.text("desk.staff").empty() || !settings.text("desk.supervisors").empty();
  }
  bool postgresql() const { return settings.text("database.connector") == "PostgreSQL"; }
};

// systemd makes files there for a service, as long as that runs (LoadCredential=).
inline bool is_credential(std::string_view path) {
  return path.starts_with("/run/credentials/");
}

// Whose rights a probe takes if root runs portalctl.
enum class Rights { kCaller, kPrograms, kMailer, kWebServer };

struct Probe {
  std::string_view name;
  Findings (*look)(const Subject&);
  std::string_view next;  // the command that comes next after a bad finding that names none
  Rights rights = Rights::kPrograms;
  bool needs_portal = false;  // left out with --stopped
  bool in_check = true;       // false: only `portalctl status` asks it
};

// settings.cpp
Findings probe_settings(const Subject& subject);
// files.cpp
Findings probe_files(const Subject& subject);
Findings probe_templates_closed(const Subject& subject);
// database.cpp
Findings probe_database(const Subject& subject);
Findings probe_schema(const Subject& subject);
Findings probe_roster(const Subject& subject);
// sqlite.cpp
Findings probe_sqlite(const Subject& subject);
// postgresql.cpp
Findings probe_postgresql(const Subject& subject);
Findings probe_replication(const Subject& subject);
Findings probe_roles(const Subject& subject);
// programs.cpp
Findings probe_programs(const Subject& subject);
// libraries.cpp
Findings probe_libraries(const Subject& subject);
// clock.cpp
Findings probe_clock(const Subject& subject);
Findings probe_ntp(const Subject& subject);
// mail.cpp
Findings probe_mail(const Subject& subject);
Findings probe_mail_queue(const Subject& subject);
Findings probe_limits(const Subject& subject);
// mailer.cpp
Findings probe_mailer(const Subject& subject);
// disk.cpp
Findings probe_disk(const Subject& subject);
// storage.cpp
Findings probe_storage(const Subject& subject);
// backup.cpp
Findings probe_backup(const Subject& subject);
// integrity.cpp
Findings probe_integrity(const Subject& subject);
Findings probe_collation(const Subject& subject);
// errors.cpp
Findings probe_errors(const Subject& subject);
// sender.cpp
Findings probe_sender(const Subject& subject);
// sockets.cpp
Findings probe_sockets(const Subject& subject);
Findings probe_web_server(const Subject& subject);
// site.cpp
Findings probe_site(const Subject& subject);
Findings probe_redirect(const Subject& subject);
Findings probe_healthz(const Subject& subject);
// desk.cpp
Findings probe_desk(const Subject& subject);
// certificate.cpp
Findings probe_certificate(const Subject& subject);

}  // namespace portalctl
