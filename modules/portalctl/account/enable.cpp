// portalctl account enable
#include <array>

#include "core/actions/account_actions.h"
#include "portalctl/account/change.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr std::array kOptions = {portal::kYes, portal::kReason};

Result<Done> enable_account(Context& context);

}  // namespace

constexpr Verb kAccountEnable = {
    .usage = {.words = "account enable",
              .arguments = "ADDRESS|NUMBER",
              .options = kOptions,
              .help = "Lets a disabled account log in again.",
              .example = "portalctl account enable 契0123456-7-8 --reason 'cleared by phone'"},
    .run = enable_account};

namespace {

Result<Done> enable_account(Context& context) {
  return change_account(context, {"Enable the account of", portal::enable_account,
                                  [](const portal::Outcome&) { return std::string("enabled"); }});
}

}  // namespace
}  // namespace portalctl
