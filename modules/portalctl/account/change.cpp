#include "portalctl/account/change.h"

#include <iostream>

#include "core/journal/audit.h"
#include "portalctl/owner.h"

namespace portalctl {
namespace {

using portal::Account;
using portal::Connection;
using portal::Done;
using portal::EpochSeconds;
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

Result<std::string> apply(Connection& connection, const AccountChange& change,
                          const std::string& id, const std::string& reason) {
  // As it is now: it may have changed while the question was on the screen.
  const auto account = portal::Accounts(connection).find(id);
  if (!account) return portal::not_found("the account is gone");
  const EpochSeconds now = portal::system_now();
  auto applied = change.apply(connection, *account, now);
  if (!applied) return applied;
  portal::record_audit_event(connection, {.event = change.event,
                                          .account_id = account->id,
                                          .at = now,
                                          .client = "",
                                          .request_id = "",
                                          .detail = reason});
  return applied;
}

}  // namespace

Result<Done> change_account(Context& context, const AccountChange& change) {
  const auto account = find_account(context.database(), context.argument());
  if (!account) return account.error();
  if (const auto yes = context.confirm(question_of(change, *account)); !yes) return yes;
  const auto said = context.database().write([&](Connection& connection) {
    return apply(connection, change, account->id, context.reason());
  });
  if (!said) return said.error();
  std::cout << account->number.text() << ": " << *said << "\n";
  return Done{};
}

std::string in_words(int count, std::string_view what) {
  return std::to_string(count).append(" ").append(what).append(count == 1 ? "" : "s");
}

}  // namespace portalctl
