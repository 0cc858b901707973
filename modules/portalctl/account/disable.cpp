// portalctl account disable
#include <array>

#include "core/actions/account_actions.h"
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

Result<Done> disable_account(Context& context) {
  return change_account(
      context, {"Disable the account of", portal::disable_account, [](const portal::Outcome& done) {
                  return "disabled, " + in_words(done.count, "session") + " ended";
                }});
}

}  // namespace
}  // namespace portalctl
