// portalctl account unlock
#include <array>

#include "core/database/account/throttles.h"
#include "core/registration/policy.h"
#include "portalctl/account/change.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr std::array kOptions = {portal::kYes, portal::kReason};

Result<Done> unlock_account(Context& context);

}  // namespace

constexpr Verb kAccountUnlock = {
    .usage = {.words = "account unlock",
              .arguments = "ADDRESS|NUMBER",
              .options = kOptions,
              .help = "Ends the pauses that wrong passwords have led to.",
              .example = "portalctl account unlock taro@example.jp --reason 'asked by phone'"},
    .run = unlock_account};

namespace {

using portal::Throttle;

Result<std::string> unlock(portal::Connection& connection, const portal::Account& account,
                           portal::EpochSeconds) {
  portal::Throttles throttles(connection);
  int ended = 0;
  for (const auto throttle : {Throttle::kPasswordFromNetwork, Throttle::kPasswordFromDevice}) {
    ended += throttles.forget_all(throttle_keys(throttle, account.id));
  }
  throttles.forget(throttle_key(Throttle::kPasswordsOfAccount, account.id));
  throttles.forget(throttle_key(Throttle::kAttackTold, account.id));
  return "unlocked, " + in_words(ended, "throttle") + " forgotten";
}

Result<Done> unlock_account(Context& context) {
  return change_account(
      context, {portal::AuditEvent::kAccountUnlocked, "End the pauses of the account of", unlock});
}

}  // namespace
}  // namespace portalctl
