#include "core/journal/audit.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <string>

#include "core/database/database.h"
#include "core/database/journal/audit.h"
#include "core/http/client_address.h"
#include "core/security/token.h"

namespace portal {
namespace {

constexpr std::array kEvents = {
    AuditEvent{"registered",
               "A registration was completed with OK; its link was not followed yet."},
    AuditEvent{"activated", "The link was followed: the account exists."},
    AuditEvent{"login", "The right password was given, and a session began."},
    AuditEvent{"login_refused", "A login failed: the detail says why.", log::Level::kWarning},
    AuditEvent{"password_refused", "The own page asked for the password, and got a wrong one.",
               log::Level::kWarning},
    AuditEvent{"logout", "The owner ended the session."},
    AuditEvent{"session_ended", "The owner ended another of the account's sessions."},
    AuditEvent{"password_rehashed", "At a login the hash was made again, at the cost now set."},
    AuditEvent{"phone_changed", "The owner changed the phone number."},
    AuditEvent{"email_change_asked", "The owner asked for another address; its link is mailed."},
    AuditEvent{"email_changed", "The link to the new address was followed."},
    AuditEvent{"password_changed", "The owner changed the password, knowing the old one."},
    AuditEvent{"password_reset_asked", "Someone asked for a link for a forgotten password."},
    AuditEvent{"password_reset", "A new password was set by the mailed link."},
    AuditEvent{"left", "The owner left the portal: the account is gone, the clinic free."},
    AuditEvent{"mail_stopped",
               "By the mailed link, an address asked for no more mail; its registration ended."},
    AuditEvent{"mail_allowed", "Its owner, or an operator, let mail to that address go on."},
    AuditEvent{"account_attacked", "Many wrong passwords were tried; the owner was told by mail.",
               log::Level::kWarning},
    AuditEvent{"mail_resent", "An operator queued the mail with the link again."},
    AuditEvent{"account_released", "An operator removed the account so that the clinic is free."},
    AuditEvent{"account_disabled", "An operator disabled the account: it cannot log in."},
    AuditEvent{"account_enabled", "An operator enabled the account again."},
    AuditEvent{"account_unlocked", "An operator ended the pauses after wrong passwords."},
    AuditEvent{"roster_imported", "An operator imported a roster: its file and counts."},
    AuditEvent{"roster_undone", "An operator took the last import of the roster back."},
    AuditEvent{"roster_dropped",
               "An operator dropped rows that an import could not use: how many."},
    AuditEvent{"moved_to_postgresql", "An operator moved the portal here from SQLite."},
    AuditEvent{"restored",
               "An operator put a backup of the database back: sessions and links ended."},
    AuditEvent{"roster_fixed", "An operator put a quarantined row right: its number."},
};

}  // namespace

std::span<const AuditEvent> audit_events() {
  return kEvents;
}

bool is_audit_event(std::string_view name) {
  return std::ranges::find(kEvents, name, &AuditEvent::name) != kEvents.end();
}

void record(Connection& connection, const AuditEntry& entry) {
  assert(is_audit_event(entry.event));
  AuditRow row;
  row.id = draw_id();
  row.at = entry.at;
  row.event = entry.event;
  row.account_id = entry.account_id;
  row.network = client_network(entry.client);
  row.request_id = entry.request_id;
  row.detail = entry.detail;
  Audit(connection).add(row);
  if (row.request_id.empty()) return;  // an operator's doing: there is nobody to tell
  after_commit(connection, [row, client = std::string(entry.client)] {
    log::write(std::ranges::find(kEvents, row.event, &AuditEvent::name)->level, row.event,
               {{"account", row.account_id},
                {"detail", row.detail},
                {"client", client},
                {"request", row.request_id}});
  });
}

void record(Connection& connection, const Request& request, EpochSeconds now,
            std::string_view event, std::string_view account_id) {
  record(connection, {event, account_id, now, request.client, request.id});
}

}  // namespace portal
