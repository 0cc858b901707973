// portalctl account disable
#include <array>

#include "core/database/account/web_sessions.h"
#include "portalctl/account/change.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr std::array kOptions = {portal::kYes, portal::kReason};

Result<Done> disable_account(Context& context);

}  // namespace

constexpr Verb kAccountDisable = {
    .usage = {.words = "account disable",
              .arguments = "ADDRESS|NUMBER",
              .options = kOptions,
              .help = "Ends all sessions of the account and lets it log in no more, until it is "
                      "enabled.",
              .example = "portalctl account disable taro@example.jp --reason 'asked by phone'"},
    .run = disable_account};

namespace {

Result<std::string> disable(portal::Connection& connection, const portal::Account& account,
                            portal::EpochSeconds) {
  if (!account.active()) return portal::refused("the account is disabled already");
  portal::Accounts(connection).set_state(account.id, "disabled");
  const int ended = portal::WebSessions(connection).remove_all(account.id, "");
  return "disabled, " + in_words(ended, "session") + " ended";
}

Result<Done> disable_account(Context& context) {
  return change_account(context,
                        {portal::AuditEvent::kAccountDisabled, "Disable the account of", disable});
}

}  // namespace
}  // namespace portalctl
