// portalctl account show
#include <iostream>

#include "core/base/japan_time.h"
#include "core/base/log.h"
#include "core/database/database.h"
#include "core/database/roster/roster.h"
#include "portalctl/owner.h"
#include "portalctl/printing.h"
#include "portalctl/verb.h"

namespace portalctl {

using portal::japan_timestamp;

int account_show(const Invocation& invocation) {
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  portal::Database database(*settings, portal::Durability::kFull, 1);
  const auto account = find_account(database, invocation.arguments[0]);
  if (!account) return fail(account.error().message);
  const auto clinic = database.read([&](portal::Connection& connection) {
    return portal::Roster(connection).find_any(account->number);
  });
  if (!clinic) return fail(clinic.error().message);
  const bool full = invocation.options.full;
  (invocation.options.json ? print_json : print_lines)({
      {"name", account->family_name + " " + account->given_name},
      {"clinic_name", *clinic ? (*clinic)->name : ""},
      {"registration_number", account->number},
      {"email", full ? account->email : portal::log::mask_address(account->email)},
      {"state", account->state},
      {"registered", japan_timestamp(account->created_at)},
      {"last_login", japan_timestamp(account->last_login_at)},
      {"last_login_from", account->last_login_client},
      {"account", account->id},
  });
  return kDone;
}

}  // namespace portalctl
