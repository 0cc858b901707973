#include "core/database/journal/audit_event.h"

#include <algorithm>
#include <array>

#include "core/base/enum_table.h"

namespace portal {
namespace {

constexpr auto kKinds = std::to_array<AuditEventKind>({
    {AuditEvent::kRegistered, "registered",
     "A registration was completed with OK; its link was not followed yet.", WebActor::kVisitor},
    {AuditEvent::kActivated, "activated", "The link was followed: the account exists.",
     WebActor::kLink},
    {AuditEvent::kLogin, "login", "The right password was given, and a session began.",
     WebActor::kMember},
    {AuditEvent::kLoginRefused, "login_refused", "A login failed: the detail says why.",
     WebActor::kVisitor, log::Level::kWarning},
    {AuditEvent::kPasswordRefused, "password_refused",
     "The own page asked for the password, and got a wrong one.", WebActor::kMember,
     log::Level::kWarning},
    {AuditEvent::kLogout, "logout", "The owner ended the session.", WebActor::kMember},
    {AuditEvent::kSessionEnded, "session_ended",
     "The owner ended another of the account's sessions.", WebActor::kMember},
    {AuditEvent::kPasswordRehashed, "password_rehashed",
     "At a login the hash was made again, at the cost now set.", WebActor::kPortal},
    {AuditEvent::kPhoneChanged, "phone_changed", "The owner changed the phone number.",
     WebActor::kMember},
    {AuditEvent::kEmailChangeAsked, "email_change_asked",
     "The owner asked for another address; its link is mailed.", WebActor::kMember},
    {AuditEvent::kEmailChanged, "email_changed", "The link to the new address was followed.",
     WebActor::kLink},
    {AuditEvent::kPasswordChanged, "password_changed",
     "The owner changed the password, knowing the old one.", WebActor::kMember},
    {AuditEvent::kPasswordResetAsked, "password_reset_asked",
     "Someone asked for a link for a forgotten password.", WebActor::kVisitor},
    {AuditEvent::kPasswordReset, "password_reset", "A new password was set by the mailed link.",
     WebActor::kLink},
    {AuditEvent::kLeft, "left", "The owner left the portal: the account is gone, the clinic free.",
     WebActor::kMember},
    {AuditEvent::kMailStopped, "mail_stopped",
     "By the mailed link, an address asked for no more mail; its registration ended.",
     WebActor::kLink},
    {AuditEvent::kMailAllowed, "mail_allowed",
     "Its owner, or an operator, let mail to that address go on.", WebActor::kLink},
    {AuditEvent::kAccountAttacked, "account_attacked",
     "Many wrong passwords were tried; the owner was told by mail.", WebActor::kPortal,
     log::Level::kWarning},
    {AuditEvent::kMailResent, "mail_resent", "An operator queued the mail with the link again."},
    {AuditEvent::kAccountReleased, "account_released",
     "An operator removed the account so that the clinic is free."},
    {AuditEvent::kAccountDisabled, "account_disabled",
     "An operator disabled the account: it cannot log in."},
    {AuditEvent::kAccountEnabled, "account_enabled", "An operator enabled the account again."},
    {AuditEvent::kAccountUnlocked, "account_unlocked",
     "An operator ended the pauses after wrong passwords."},
    {AuditEvent::kRosterImported, "roster_imported",
     "An operator imported a roster: its file and counts."},
    {AuditEvent::kRosterUndone, "roster_undone",
     "An operator took the last import of the roster back."},
    {AuditEvent::kRosterDropped, "roster_dropped",
     "An operator dropped rows that an import could not use: how many."},
    {AuditEvent::kMovedToPostgresql, "moved_to_postgresql",
     "An operator moved the portal here from SQLite."},
    {AuditEvent::kRestored, "restored",
     "An operator put a backup of the database back: sessions and links ended."},
    {AuditEvent::kRosterFixed, "roster_fixed",
     "An operator put a quarantined row right: its number."},
    {AuditEvent::kLookedUp, "looked_up",
     "An operator looked at whole addresses: where, and whose."},
    {AuditEvent::kAuditArchived, "audit_archived",
     "An operator moved old rows of the audit into a file: which seals, and its hash."},
});
static_assert(has_row_for_each(kKinds, &AuditEventKind::event));

struct WebActorRow {
  WebActor actor;
  std::string_view name;
};

constexpr auto kWebActors = std::to_array<WebActorRow>({
    {WebActor::kVisitor, "web:visitor"},
    {WebActor::kLink, "web:link"},
    {WebActor::kMember, "web:member"},
    {WebActor::kPortal, "web:portal"},
});
static_assert(has_row_for_each(kWebActors, &WebActorRow::actor));

}  // namespace

std::string_view name_of(WebActor actor) {
  return kWebActors.at(static_cast<std::size_t>(actor)).name;
}

std::optional<WebActor> find_web_actor(std::string_view name) {
  const auto* const found = std::ranges::find(kWebActors, name, &WebActorRow::name);
  return found == kWebActors.end() ? std::nullopt : std::optional(found->actor);
}

std::span<const AuditEventKind> audit_event_kinds() {
  return kKinds;
}

const AuditEventKind& kind_of(AuditEvent event) {
  return kKinds.at(static_cast<std::size_t>(event));
}

std::string_view name_of(AuditEvent event) {
  return kind_of(event).name;
}

std::optional<AuditEvent> find_audit_event(std::string_view name) {
  const auto* const found = std::ranges::find(kKinds, name, &AuditEventKind::name);
  return found == kKinds.end() ? std::nullopt : std::optional(found->event);
}

}  // namespace portal
