// portalctl mail allow: ends what 「心当たりがない」 in a mail began, for its owner on the phone.
#include <iostream>

#include "core/database/database.h"
#include "core/database/mail/mail_addresses.h"
#include "core/database/registration/registrations.h"
#include "core/journal/audit.h"
#include "portalctl/consent.h"
#include "portalctl/listing.h"
#include "portalctl/owner.h"
#include "portalctl/verb.h"

namespace portalctl {
namespace {

using portal::Connection;
using portal::EpochSeconds;

// False, and nothing changes, if the address gets mail anyway.
bool allow(Connection& connection, const std::string& email_key, const std::string& reason) {
  portal::MailAddresses addresses(connection);
  const EpochSeconds now = portal::system_now();
  if (addresses.stopped_until(email_key) <= now) return false;
  addresses.resume(email_key);
  const auto newest =
      portal::Registrations(connection)
          .list({.email_key = email_key, .number = "", .state = "", .most = 1}, now);
  portal::record(connection, {.event = "mail_allowed",
                              .account_id = newest.empty() ? "" : newest.front().id,
                              .at = now,
                              .client = "",
                              .request_id = "",
                              .detail = reason});
  return true;
}

}  // namespace

int mail_allow(const Invocation& invocation) {
  const Options& options = invocation.options;
  if (const auto wrong = complaint_of_consent(options); !wrong.empty()) {
    return fail(wrong, kWrongUsage);
  }
  const auto whose = parse_whose(invocation.arguments[0]);
  if (!whose) return fail(whose.error().message);
  if (whose->email_key.empty()) return fail(invocation.arguments[0] + ": not an address");
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  const std::string shown = shown_address(options, whose->email_key);
  if (!consented(options, "Let mail about registrations to " + shown + " go on")) {
    return fail("nothing was changed");
  }
  portal::Database database(*settings, portal::Durability::kFull, 1);
  const auto allowed = database.write(
      [&](Connection& connection) { return allow(connection, whose->email_key, options.reason); });
  if (!allowed) return fail(allowed.error().message);
  if (!*allowed) return fail(shown + ": mail to it is not stopped");
  std::cout << shown << ": mail is allowed again\n";
  return kDone;
}

}  // namespace portalctl
