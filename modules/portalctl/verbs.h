// The verbs of portalctl. Each is defined in the file that its words name.
#pragma once

#include <span>

#include "core/command/program.h"
#include "portalctl/verb.h"

namespace portalctl {

extern const Verb kMigrate;
extern const Verb kCheck;
extern const Verb kStatus;
extern const Verb kBackup;
extern const Verb kRestore;
extern const Verb kRestored;
extern const Verb kTimeline;
extern const Verb kReport;
extern const Verb kPurge;
extern const Verb kSettings;
extern const Verb kManual;
extern const Verb kCompletion;

extern const Verb kRosterImport;
extern const Verb kRosterUndo;
extern const Verb kRosterEditions;
extern const Verb kRosterShow;
extern const Verb kRosterList;
extern const Verb kRosterExport;
extern const Verb kRosterQuarantineClear;
extern const Verb kRosterQuarantine;
extern const Verb kRosterFix;

extern const Verb kAccountShow;
extern const Verb kAccountDisable;
extern const Verb kAccountEnable;
extern const Verb kAccountUnlock;
extern const Verb kAccountRelease;

extern const Verb kRegistrationList;
extern const Verb kRegistrationResend;

extern const Verb kMailList;
extern const Verb kMailShow;
extern const Verb kMailStatus;
extern const Verb kMailRetry;
extern const Verb kMailAllow;

extern const Verb kAuditVerify;
extern const Verb kAuditArchive;
extern const Verb kAuditSeal;
extern const Verb kAuditList;
extern const Verb kAudit;

// In the order of --help.
std::span<const Verb* const> verbs();

// portalctl as --help and its manual page show it.
const portal::Program& program();

}  // namespace portalctl
