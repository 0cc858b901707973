// The events that table audit may hold, each with its name there, its meaning and its log level.
//
// A database of a newer version may hold names that are not in this table: they are shown as they
// stand.
#pragma once

#include <optional>
#include <span>
#include <string_view>

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
  kLast = kRosterFixed,
};

struct AuditEventKind {
  AuditEvent event;
  std::string_view name;     // in the database and the log
  std::string_view meaning;  // one sentence, for operators
  log::Level level = log::Level::kInfo;
};

std::span<const AuditEventKind> audit_event_kinds();
const AuditEventKind& kind_of(AuditEvent event);
std::string_view name_of(AuditEvent event);
// Nothing: this version knows no such event.
std::optional<AuditEvent> find_audit_event(std::string_view name);

}  // namespace portal
