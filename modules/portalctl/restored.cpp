// portalctl restored: after a backup was put back, what had ended or was sent since the backup was
// made must not come to life again. The runbook: conf/backup.md.
#include <array>
#include <iostream>
#include <string>

#include "core/database/account/account_links.h"
#include "core/database/account/web_sessions.h"
#include "core/database/mail/outbox.h"
#include "core/journal/audit.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr std::array kOptions = {portal::kYes, portal::kReason};

Result<Done> end_sessions_and_links(Context& context);

}  // namespace

constexpr Verb kRestored = {
    .usage = {.words = "restored",
              .options = kOptions,
              .help = "After a backup was put back: ends all sessions and links, and withholds "
                      "the mails that were queued, as they may have been sent since.",
              .example = "portalctl restored --reason 'disk lost, backup of 1 April'"},
    .run = end_sessions_and_links};

namespace {

using portal::Connection;

struct Ended {
  int sessions = 0;
  int links = 0;
  int mails = 0;
};

Ended end_what_is_past(Connection& connection, const std::string& reason) {
  const portal::EpochSeconds now = portal::system_now();
  Ended ended;
  ended.sessions = portal::WebSessions(connection).remove_everyones();
  ended.links = portal::AccountLinks(connection).end_everyones(now);
  ended.mails = portal::Outbox(connection)
                    .withhold_queued(now, "a backup was restored: " + reason,
                                     portal::MailObstacle::kRestored);
  portal::record_audit_event(
      connection,
      {.event = portal::AuditEvent::kRestored, .account_id = "", .at = now, .detail = reason});
  return ended;
}

Result<Done> end_sessions_and_links(Context& context) {
  const auto yes = context.confirm("End all sessions and links, and withhold all queued mails");
  if (!yes) return yes;
  const auto ended = context.database().write(
      [&](Connection& connection) { return end_what_is_past(connection, context.reason()); });
  if (!ended) return ended.error();
  std::cout << "sessions ended: " << ended->sessions << "\nlinks ended: " << ended->links
            << "\nmails withheld: " << ended->mails << "\n";
  return Done{};
}

}  // namespace
}  // namespace portalctl
