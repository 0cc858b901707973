// portalctl account show
#include <array>

#include "core/base/japan_time.h"
#include "core/database/roster/roster.h"
#include "core/history/words.h"
#include "portalctl/listing.h"
#include "portalctl/look_up.h"
#include "portalctl/printing.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr std::array kOptions = {kLang, portal::kReason, kFull, kJson};

Result<Done> show_account(Context& context);

}  // namespace

constexpr Verb kAccountShow = {
    .usage = {.words = "account show",
              .arguments = "ADDRESS|NUMBER",
              .options = kOptions,
              .help =
                  "Shows whose account it is, its clinic and state; --full with the whole address.",
              .example = "portalctl account show taro@example.jp"},
    .run = show_account};

namespace {

using portal::japan_timestamp;

Result<Done> show_account(Context& context) {
  const auto language = language_of(context);
  if (!language) return language.error();
  const auto account = find_account(context.database(), context.argument());
  if (!account) return account.error();
  const auto clinic = context.database().read([&](portal::Connection& connection) {
    return portal::Roster(connection).find_any(account->number);
  });
  if (!clinic) return clinic.error();
  const auto noted = record_look_up(context, {.account_id = account->id});
  if (!noted) return noted;
  show_as_lines(context, *language,
                {
                    {"name", account->family_name + " " + account->given_name},
                    {"clinic_name", *clinic ? (*clinic)->name : ""},
                    {"registration_number", account->number.text()},
                    {"email", shown_address(context, account->email)},
                    {"state", Coded{account->state, portal::words_of_account_state}},
                    {"registered", japan_timestamp(account->created_at)},
                    {"last_login", japan_timestamp(account->last_login_at)},
                    {"last_login_from", account->last_login_client},
                    {"account", account->id},
                });
  return Done{};
}

}  // namespace
}  // namespace portalctl
