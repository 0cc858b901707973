// The events that table audit may hold, each with its name there, its meaning and its log level.
//
// A database of a newer version may hold names that are not in this table: they are shown as they
// stand.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/base/language.h"
#include "core/base/log.h"

namespace portal {

enum class AuditEvent {
  kRegistered,
  kActivated,
  kLogin,
  kLoginRefused,
  kPasswordRefused,
  kLogout,
  kSessionEnded,
  kPasswordRehashed,
  kPhoneChanged,
  kEmailChangeAsked,
  kEmailChanged,
  kPasswordChanged,
  kPasswordResetAsked,
  kPasswordReset,
  kLeft,
  kMailStopped,
  kMailAllowed,
  kAccountAttacked,
  kMailResent,
  kAccountReleased,
  kAccountDisabled,
  kAccountEnabled,
  kAccountUnlocked,
  kRosterImported,
  kRosterUndone,
  kRosterDropped,
  kMovedToPostgresql,
  kRestored,
  kRosterFixed,
  kLookedUp,
  kAuditArchived,
  kAddressCorrected,
  kSessionsEnded,
  kSearched,
  kMailRetried,
  kLast = kMailRetried,
};

// Who did what a web step writes down: as much as the step knows of him.
enum class WebActor {
  kVisitor,  // he has shown nothing yet
  kLink,     // who holds the link of a mail
  kMember,   // who is logged in
  kPortal,   // the program itself, because of what happened
  kLast = kPortal,
};

// In the database; no operator's name has a colon: "web:member".
std::string_view name_of(WebActor actor);
std::optional<WebActor> find_web_actor(std::string_view name);

struct AuditEventKind {
  AuditEvent event;
  std::string_view name;               // in the database and the log
  Words meaning;                       // one sentence, for operators and the call centre
  std::optional<WebActor> actor = {};  // nothing: only operators do it
  log::Level level = log::Level::kInfo;
};

std::span<const AuditEventKind> audit_event_kinds();
const AuditEventKind& kind_of(AuditEvent event);
std::string_view name_of(AuditEvent event);
// Nothing: this version knows no such event.
std::optional<AuditEvent> find_audit_event(std::string_view name);

}  // namespace portal
