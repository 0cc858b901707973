// portalctl account disable, enable, unlock, release: each asks first, changes the account and
// writes down why, in one transaction.
#include <functional>
#include <iostream>

#include "core/database/account/throttles.h"
#include "core/database/account/web_sessions.h"
#include "core/database/database.h"
#include "core/database/registration/waiting.h"
#include "core/journal/audit.h"
#include "core/queue/queue_mail.h"
#include "core/registration/application.h"
#include "core/registration/policy.h"
#include "core/registration/registration_number.h"
#include "core/security/token.h"
#include "core/text/text.h"
#include "portalctl/consent.h"
#include "portalctl/owner.h"
#include "portalctl/verb.h"

namespace portalctl {
namespace {

using portal::Account;
using portal::Connection;
using portal::EpochSeconds;
using portal::Result;
using portal::Throttle;

struct Change {
  std::string_view event;  // of the audit
  std::string_view question;
  // What is said afterwards; or why it cannot be, and then nothing changes.
  std::function<Result<std::string>(Connection&, const Account&, EpochSeconds now)> apply;
};

std::string count(int number, const std::string& what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

Result<std::string> disable(Connection& connection, const Account& account, EpochSeconds) {
  if (!account.active()) return portal::refused("the account is disabled already");
  portal::Accounts(connection).set_state(account.id, "disabled");
  const int ended = portal::WebSessions(connection).remove_all(account.id, "");
  return "disabled, " + count(ended, "session") + " ended";
}

Result<std::string> enable(Connection& connection, const Account& account, EpochSeconds) {
  if (account.active()) return portal::refused("the account is not disabled");
  portal::Accounts(connection).set_state(account.id, "active");
  return std::string("enabled");
}

Result<std::string> unlock(Connection& connection, const Account& account, EpochSeconds) {
  portal::Throttles throttles(connection);
  const int ended = throttles.forget_all(portal::password_keys(account.id));
  throttles.forget(throttle_key(Throttle::kPasswordsOfAccount, account.id));
  throttles.forget(throttle_key(Throttle::kAttackTold, account.id));
  return "unlocked, " + count(ended, "throttle") + " forgotten";
}

// Whose clinic it is gets the mail of those who wait: it can be registered now.
void tell(Connection& connection, const Account& account, const std::string& address,
          EpochSeconds now) {
  portal::WaitingEntry entry;
  entry.id = portal::token_hash(portal::draw_token());
  entry.number = account.number;
  entry.email = address;
  entry.email_key = portal::email_key(address);
  entry.created_at = now;
  portal::Waiting(connection).put(entry);
}

Result<std::string> release(Connection& connection, const Account& account,
                            const std::string& rightful, EpochSeconds now) {
  portal::Accounts(connection).remove(account.id);
  portal::queue(connection, now, {"account_released", account.id, account.email});
  if (rightful.empty()) {
    return std::string("released: the clinic can be registered again, and the owner gets a mail");
  }
  tell(connection, account, rightful, now);
  return "released: the clinic can be registered again; the owner and " + rightful +
         " get a mail each";
}

std::string question_of(const Change& change, const Account& account) {
  return std::string(change.question)
      .append(" ")
      .append(account.number)
      .append(" (")
      .append(account.family_name)
      .append(" ")
      .append(account.given_name)
      .append(")");
}

Result<std::string> write(portal::Database& database, const Change& change, const Account& shown,
                          const std::string& reason) {
  const EpochSeconds now = portal::system_now();
  return database.write([&](Connection& connection) -> Result<std::string> {
    // As it is now: it may have changed while the question was on the screen.
    const auto account = portal::Accounts(connection).find(shown.id);
    if (!account) return portal::not_found("the account is gone");
    auto applied = change.apply(connection, *account, now);
    if (!applied) return applied;
    portal::record(connection, {.event = change.event,
                                .account_id = account->id,
                                .at = now,
                                .client = "",
                                .request_id = "",
                                .detail = reason});
    return applied;
  });
}

int run(const Invocation& invocation, const Change& change) {
  const Options& options = invocation.options;
  if (const auto wrong = complaint_of_consent(options); !wrong.empty()) {
    return fail(wrong, kWrongUsage);
  }
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  portal::Database database(*settings, portal::Durability::kFull, 1);
  const auto account = find_account(database, invocation.arguments[0]);
  if (!account) return fail(account.error().message);
  if (!consented(options, question_of(change, *account))) return fail("nothing was changed");
  const auto said = write(database, change, *account, options.reason);
  if (!said) return fail(said.error().message);
  std::cout << account->number << ": " << *said << "\n";
  return kDone;
}

}  // namespace

int account_disable(const Invocation& invocation) {
  return run(invocation, {"account_disabled", "Disable the account of", disable});
}

int account_enable(const Invocation& invocation) {
  return run(invocation, {"account_enabled", "Enable the account of", enable});
}

int account_unlock(const Invocation& invocation) {
  return run(invocation, {"account_unlocked", "End the pauses of the account of", unlock});
}

// By number only: it is the clinic that is to be free.
int account_release(const Invocation& invocation) {
  const std::string& text = invocation.arguments[0];
  if (!portal::text::valid_utf8(text) || !portal::RegistrationNumber::parse(text)) {
    return fail(text + ": not a registration number, such as 契0123456-7-8");
  }
  std::string rightful = invocation.options.tell;
  if (!rightful.empty() && portal::check_email("email", rightful)) {
    return fail("--tell " + rightful + ": not a mail address", kWrongUsage);
  }
  return run(invocation, {"account_released", "Remove the account of",
                          [&](Connection& connection, const Account& account, EpochSeconds now) {
                            return release(connection, account, rightful, now);
                          }});
}

}  // namespace portalctl
