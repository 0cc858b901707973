// portalctl registration list
#include "core/database/database.h"
#include "core/database/registrations.h"
#include "portalctl/fields.h"
#include "portalctl/listing.h"
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

}  // namespace portalctl
