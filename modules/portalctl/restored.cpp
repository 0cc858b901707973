// portalctl restored: the database is a backup that was put back. What was ended or sent after the
// backup was made must not come to life again. The runbook: conf/backup.md.
#include <iostream>
#include <string>

#include "core/database/account/account_links.h"
#include "core/database/account/web_sessions.h"
#include "core/database/database.h"
#include "core/database/mail/outbox.h"
#include "core/journal/audit.h"
#include "portalctl/consent.h"
#include "portalctl/verb.h"

namespace portalctl {
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
  ended.mails = portal::Outbox(connection).withhold_queued(now, "a backup was restored: " + reason);
  portal::record(connection, {.event = "restored", .account_id = "", .at = now, .detail = reason});
  return ended;
}

}  // namespace

int restored(const Invocation& invocation) {
  const Options& options = invocation.options;
  if (const auto wrong = complaint_of_consent(options); !wrong.empty()) {
    return fail(wrong, kWrongUsage);
  }
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  if (!consented(options, "End all sessions and links, and withhold all queued mails")) {
    return fail("nothing was changed");
  }
  portal::Database database(*settings, portal::Durability::kFull, 1);
  const auto ended = database.write(
      [&](Connection& connection) { return end_what_is_past(connection, options.reason); });
  if (!ended) return fail(ended.error().message);
  std::cout << "sessions ended: " << ended->sessions << "\nlinks ended: " << ended->links
            << "\nmails withheld: " << ended->mails << "\n";
  return kDone;
}

}  // namespace portalctl
