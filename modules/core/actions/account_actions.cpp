#include "core/actions/account_actions.h"

#include <algorithm>
#include <string>

#include "core/actions/private/record.h"
#include "core/database/account/accounts.h"
#include "core/database/account/throttles.h"
#include "core/database/account/web_sessions.h"
#include "core/database/registration/waiting.h"
#include "core/queue/queue_mail.h"
#include "core/registration/application.h"
#include "core/registration/policy.h"
#include "core/security/token.h"

namespace portal {
namespace {

// Of an account's passwords, each from somewhere.
constexpr Throttle kFromSomewhere[] = {Throttle::kPasswordFromNetwork,
                                       Throttle::kPasswordFromDevice};

// Who may register the clinic gets the mail of those who wait: it can be registered now.
void tell(Connection& connection, const RegistrationNumber& number, std::string_view address,
          EpochSeconds now) {
  WaitingEntry entry;
  entry.id = token_hash(draw_token());
  entry.number = number;
  entry.email = address;
  entry.email_key = email_key(address);
  entry.created_at = now;
  Waiting(connection).put(entry);
}

}  // namespace

Outcome disable_account(Connection& connection, std::string_view id, const Instruction& by) {
  Accounts accounts(connection);
  const auto account = accounts.find(id);
  if (!account) return {Hindrance::kAccountGone};
  if (!account->active()) return {Hindrance::kAlreadyDisabled};
  if (!accounts.set_state(id, "disabled")) return {Hindrance::kAccountGone};
  const int ended = WebSessions(connection).remove_all(id, "");
  record(connection, AuditEvent::kAccountDisabled, id, by);
  return {.count = ended};
}

Outcome enable_account(Connection& connection, std::string_view id, const Instruction& by) {
  Accounts accounts(connection);
  const auto account = accounts.find(id);
  if (!account) return {Hindrance::kAccountGone};
  if (account->active()) return {Hindrance::kNotDisabled};
  if (!accounts.set_state(id, "active")) return {Hindrance::kAccountGone};
  record(connection, AuditEvent::kAccountEnabled, id, by);
  return {};
}

EpochSeconds login_pause(Connection& connection, std::string_view id, EpochSeconds now) {
  Throttles throttles(connection);
  EpochSeconds until = 0;
  for (const Throttle throttle : kFromSomewhere) {
    until = std::max(until, throttles.blocked_until(throttle_keys(throttle, id)));
  }
  constexpr auto kTotal = Throttle::kPasswordsOfAccount;
  const Throttles::Counted total = {throttle_key(kTotal, id), throttle_kind(kTotal).limit};
  if (const auto full = throttles.look(std::span(&total, 1), now)) {
    until = std::max(until, now + full->wait);
  }
  return until > now ? until : 0;
}

Outcome unlock_account(Connection& connection, std::string_view id, const Instruction& by) {
  if (!Accounts(connection).find(id)) return {Hindrance::kAccountGone};
  Throttles throttles(connection);
  int ended = 0;
  for (const Throttle throttle : kFromSomewhere) {
    ended += throttles.forget_all(throttle_keys(throttle, id));
  }
  throttles.forget(throttle_key(Throttle::kPasswordsOfAccount, id));
  throttles.forget(throttle_key(Throttle::kAttackTold, id));
  record(connection, AuditEvent::kAccountUnlocked, id, by);
  return {.count = ended};
}

Outcome end_sessions(Connection& connection, std::string_view id, const Instruction& by) {
  if (!Accounts(connection).find(id)) return {Hindrance::kAccountGone};
  const int ended = WebSessions(connection).remove_all(id, "");
  if (ended == 0) return {Hindrance::kNoSession};
  record(connection, AuditEvent::kSessionsEnded, id, by);
  return {.count = ended};
}

Outcome release_account(Connection& connection, std::string_view id, std::string_view rightful,
                        const Instruction& by) {
  Accounts accounts(connection);
  const auto account = accounts.find(id);
  if (!account) return {Hindrance::kAccountGone};
  if (!accounts.remove(id)) return {Hindrance::kAccountGone};  // another was faster
  queue_account_mail(
      connection, by.now,
      {.kind = MailKind::kAccountReleased, .account_id = id, .recipient = account->email});
  if (!rightful.empty()) tell(connection, account->number, rightful, by.now);
  record(connection, AuditEvent::kAccountReleased, id, by);
  return {};
}

}  // namespace portal
