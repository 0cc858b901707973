// portalctl registration list, registration resend
#include <iostream>

#include "core/database/database.h"
#include "core/database/registration/registrations.h"
#include "core/journal/audit.h"
#include "core/queue/queue_mail.h"
#include "portalctl/listing.h"
#include "portalctl/printing.h"
#include "portalctl/verb.h"

namespace portalctl {

using portal::Connection;
using portal::Registrations;

int registration_list(const Invocation& invocation) {
  const Options& options = invocation.options;
  if (const auto wrong = complaint_of_state(options, portal::kRegistrationStates); !wrong.empty()) {
    return fail(wrong, kWrongUsage);
  }
  const auto whose = whose_of(invocation);
  if (!whose) return fail(whose.error().message);
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  portal::Database database(*settings, portal::Durability::kFull, 1);
  const auto rows = database.read([&](Connection& connection) {
    return Registrations(connection)
        .list({whose->email_key, whose->number, options.state, kMostListed}, portal::system_now());
  });
  if (!rows) return fail(rows.error().message);
  for (const portal::RegistrationEntry& row : *rows) {
    (options.json ? print_json : print_row)({
        {"id", row.id},
        {"created_at", Time{row.created_at}},
        {"state", row.state},
        {"registration_number", row.number},
        {"email", shown_address(options, row.email)},
        {"mail_state", row.mail_state},
        {"mail_reply", shown_reply(options, row.mail_reply)},
    });
  }
  say_if_cut(rows->size());
  return kDone;
}

int registration_resend(const Invocation& invocation) {
  const auto whose = whose_of(invocation);
  if (!whose) return fail(whose.error().message);
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  portal::Database database(*settings, portal::Durability::kFull, 1);
  const auto queued = database.write([&](Connection& connection) {
    const portal::EpochSeconds now = portal::system_now();
    Registrations registrations(connection);
    const auto newest = whose->number.empty() ? registrations.newest_pending(whose->email_key, now)
                                              : registrations.newest_pending_of(whose->number, now);
    if (newest) {
      portal::queue_activation(connection, now, *newest, "");
      portal::record(connection, {.event = "mail_resent", .account_id = newest->id, .at = now});
    }
    return newest.has_value();
  });
  if (!queued) return fail(queued.error().message);
  const std::string& text = invocation.arguments[0];
  if (!*queued) {
    return fail(text + ": no registration waits for its link; `portalctl timeline " + text +
                "` tells what happened");
  }
  std::cout << text << ": the mail is queued; `portalctl timeline " << text
            << "` tells what becomes of it\n";
  return kDone;
}

}  // namespace portalctl
