#include "portalctl/account/change.h"

#include <iostream>

#include "portalctl/hindered.h"
#include "portalctl/owner.h"

namespace portalctl {
namespace {

using portal::Account;
using portal::Connection;
using portal::Done;
using portal::Result;

std::string question_of(const AccountChange& change, const Account& account) {
  return std::string(change.question)
      .append(" ")
      .append(account.number.text())
      .append(" (")
      .append(account.family_name)
      .append(" ")
      .append(account.given_name)
      .append(")");
}

}  // namespace

Result<Done> change_account(Context& context, const AccountChange& change) {
  const auto account = find_account(context.database(), context.argument());
  if (!account) return account.error();
  if (const auto yes = context.confirm(question_of(change, *account)); !yes) return yes;
  const std::string reason = context.reason();
  const auto outcome = context.database().write([&](Connection& connection) {
    return change.act(connection, account->id, {.reason = reason, .now = portal::system_now()});
  });
  if (!outcome) return outcome.error();
  if (!outcome->done()) return hindered("", *outcome);
  std::cout << account->number.text() << ": " << change.words(*outcome) << "\n";
  return Done{};
}

std::string in_words(int count, std::string_view what) {
  return std::to_string(count).append(" ").append(what).append(count == 1 ? "" : "s");
}

}  // namespace portalctl
