#include "portalctl/past.h"

#include "core/database/account/account_links.h"
#include "core/database/account/web_sessions.h"
#include "core/database/mail/outbox.h"
#include "core/journal/audit.h"

namespace portalctl {

portal::Result<EndedPast> end_what_is_past(portal::Database& database, const std::string& reason) {
  const portal::EpochSeconds now = database.now();
  return database.write([&](portal::Connection& connection) {
    EndedPast ended;
    ended.sessions = portal::WebSessions(connection).remove_everyones();
    ended.links = portal::AccountLinks(connection).end_everyones(now);
    ended.mails = portal::Outbox(connection)
                      .withhold_queued(now, "a backup was restored: " + reason,
                                       portal::MailObstacle::kRestored);
    portal::record_audit_event(
        connection,
        {.event = portal::AuditEvent::kRestored, .account_id = "", .at = now, .detail = reason});
    return ended;
  });
}

Fields lines_of(const EndedPast& ended) {
  return {{"sessions ended", ended.sessions},
          {"links ended", ended.links},
          {"mails withheld", ended.mails}};
}

}  // namespace portalctl
