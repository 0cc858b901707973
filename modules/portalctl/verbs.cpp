// The table of verbs: what `portalctl --help` lists, in this order.
#include "portalctl/verbs.h"

#include <array>
#include <string_view>

namespace portalctl {
namespace {

// `roster quarantine clear` stands before `roster quarantine`, whose words it begins with.
constexpr std::array kVerbs = {
    &kMigrate,
    &kCheck,
    &kStatus,
    &kBackup,
    &kRestore,
    &kRestored,
    &kRosterImport,
    &kRosterUndo,
    &kRosterEditions,
    &kRosterShow,
    &kRosterList,
    &kRosterExport,
    &kRosterQuarantineClear,
    &kRosterQuarantine,
    &kRosterFix,
    &kAccountShow,
    &kAccountDisable,
    &kAccountEnable,
    &kAccountUnlock,
    &kAccountRelease,
    &kRegistrationList,
    &kRegistrationResend,
    &kTimeline,
    &kMailList,
    &kMailShow,
    &kMailStatus,
    &kMailRetry,
    &kMailAllow,
    &kAuditVerify,
    &kAuditArchive,
    &kAuditSeal,
    &kAuditList,
    &kAudit,
    &kReport,
    &kPurge,
    &kSettings,
    &kManual,
    &kCompletion,
};

// Of --help: what one or two verbs take stands before what many take.
constexpr std::array<std::string_view, 32> kOrderOfOptions = {
    "config",   "directory", "pending",       "from",    "reason",         "account", "event",
    "actor",    "since",     "until",         "html",    "state",          "tell",    "map",
    "encoding", "sheet",     "complete",      "dry-run", "allow-removals", "user",    "web-user",
    "sockets",  "resolver",  "dkim-selector", "timeout", "stopped",        "metrics", "finish",
    "csv",      "closed",    "json",          "full"};

constexpr std::array kOptionsOfEveryVerb = {kConfig};

portal::Program describe() {
  portal::Program program = {
      .name = "portalctl",
      .description =
          {.summary = "the operators' command of the portal",
           .does = "Does what the steps of the portal do, by the same code, for operators and the "
                   "call centre. Who may read the settings and write the database may use it.",
           .security =
               R"(
What changes something is in the audit with the person's name, and so is who looks at
whole addresses with --full: `portalctl audit list --actor NAME`. The name is
$SUDO_USER, if the command runs as root or as an account of the system (below uid
1000), as which nobody logs in; else whoever logged in, which the kernel keeps
through su and sudo; else the user. Who may become root can set another $SUDO_USER;
a name that is written down cannot be changed unseen (`portalctl audit verify`).
)",
           .logs = "",
           .settings = ""},
      .usage = {"[--config FILE] VERB ...", "VERB --help"},
      .options = kOptionsOfEveryVerb,
      .signals = "",
      .exit_status =
          "0 done; 1 refused or not found, the reason is on standard error;\n"
          "2 wrong usage or settings.",
      .order = kOrderOfOptions};
  for (const Verb* verb : kVerbs) program.verbs.push_back(&verb->usage);
  return program;
}

}  // namespace

std::span<const Verb* const> verbs() {
  return kVerbs;
}

const portal::Program& program() {
  static const portal::Program program = describe();
  return program;
}

}  // namespace portalctl
