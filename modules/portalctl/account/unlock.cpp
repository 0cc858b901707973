// portalctl account unlock
#include <array>

#include "core/actions/account_actions.h"
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

Result<Done> unlock_account(Context& context) {
  return change_account(
      context,
      {"End the pauses of the account of", portal::unlock_account, [](const portal::Outcome& done) {
         return "unlocked, " + in_words(done.count, "throttle") + " forgotten";
       }});
}

}  // namespace
}  // namespace portalctl
