// portalctl account enable
#include <array>

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

Result<std::string> enable(portal::Connection& connection, const portal::Account& account,
                           portal::EpochSeconds) {
  if (account.active()) return portal::refused("the account is not disabled");
  portal::Accounts(connection).set_state(account.id, "active");
  return std::string("enabled");
}

Result<Done> enable_account(Context& context) {
  return change_account(context,
                        {portal::AuditEvent::kAccountEnabled, "Enable the account of", enable});
}

}  // namespace
}  // namespace portalctl
