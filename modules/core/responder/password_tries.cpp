#include "core/responder/password_tries.h"

#include "core/database/account/throttles.h"
#include "core/journal/audit.h"
#include "core/queue/queue_mail.h"
#include "core/registration/policy.h"
#include "core/security/token.h"

namespace portal {

std::string tried_subject(const std::optional<Account>& account, std::string_view email_key) {
  return account ? account->id : "none:" + token_hash(email_key);
}

// Clients without a network are one: the guesses at one account are limited all the same.
std::string PasswordTries::pair_key(std::string_view subject) const {
  return password_key(subject, request_.client.network().value_or("unknown"));
}

EpochSeconds PasswordTries::take(std::string_view subject) {
  Throttles throttles(connection_);
  const auto& network = request_.client.network();
  // The pair first: who waits there does not use up what the others of the network may try.
  const auto pair =
      throttles.take(pair_key(subject), now_, throttle_kind(Throttle::kPasswordFromNetwork).policy);
  if (pair.wait > 0) return pair.wait;
  if (!network) return 0;
  return throttles.take(Throttle::kPasswordsOfNetwork, *network, now_).wait;
}

void PasswordTries::wrong(std::string_view subject, const std::optional<Account>& account) {
  Throttles throttles(connection_);
  // Counted without an account too: the same statements take the same time.
  if (throttles.take(Throttle::kPasswordsOfAccount, subject, now_).tries < kAttackTries) return;
  if (throttles.take(Throttle::kAttackTold, subject, now_).tries != 1 || !account) return;
  queue_account_mail(
      connection_, now_,
      {.kind = MailKind::kAccountAttacked, .account_id = account->id, .recipient = account->email});
  record_audit_event(connection_, request_, now_, AuditEvent::kAccountAttacked, account->id);
}

void PasswordTries::forget(std::string_view subject) {
  Throttles throttles(connection_);
  throttles.forget(pair_key(subject));
  throttles.forget(throttle_key(Throttle::kPasswordsOfAccount, subject));
}

void PasswordTries::forget_all(std::string_view subject) {
  Throttles throttles(connection_);
  throttles.forget_all(password_keys(subject));
  throttles.forget(throttle_key(Throttle::kPasswordsOfAccount, subject));
}

Response wait_page(const Site& site, EpochSeconds wait, std::string_view back) {
  Data data;
  data.set("BACK", back);
  const bool long_one = wait >= 2 * kMinute;
  const EpochSeconds amount = long_one ? (wait + kMinute - 1) / kMinute : wait;
  data.add(long_one ? "MINUTES" : "SECONDS").set("AMOUNT", std::to_string(amount));
  return site.page(429, "wait.tpl", "しばらくお待ちください", std::move(data))
      .header("Retry-After", std::to_string(wait));
}

}  // namespace portal
