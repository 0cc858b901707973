#include "core/responder/password_tries.h"

#include "core/audit/audit_event.h"
#include "core/database/account/throttles.h"
#include "core/http/client_address.h"
#include "core/queue/queue_mail.h"
#include "core/security/token.h"

namespace portal {
namespace {

constexpr int kNeverWaits = 1'000'000'000;  // only counts

constexpr ThrottlePolicy kOfPair = {3, 10, 15 * kMinute, kHour};
constexpr ThrottlePolicy kOfNetwork = {50, 200, 15 * kMinute, 15 * kMinute};
constexpr ThrottlePolicy kOfAccount = {kNeverWaits, kNeverWaits + 1, 0, kHour};
constexpr ThrottlePolicy kOfTelling = {kNeverWaits, kNeverWaits + 1, 0, kDay};
constexpr int kAttack = 10;  // wrong ones of an account within its window

std::string key(std::string_view kind, std::string_view name) {
  return std::string(kind).append(":").append(name);
}

}  // namespace

std::string tried_subject(const std::optional<Account>& account, std::string_view email_key) {
  return account ? account->id : key("none", token_hash(email_key));
}

std::string PasswordTries::pair_key(std::string_view subject) const {
  return key("account", subject).append("|").append(client_network(request_.client));
}

EpochSeconds PasswordTries::take(std::string_view subject) {
  Throttles throttles(connection_);
  // The pair first: who waits there does not use up what the others of the network may try.
  const auto pair = throttles.take(pair_key(subject), now_, kOfPair);
  if (pair.wait > 0) return pair.wait;
  return throttles.take(key("network", client_network(request_.client)), now_, kOfNetwork).wait;
}

void PasswordTries::wrong(std::string_view subject, const std::optional<Account>& account) {
  Throttles throttles(connection_);
  // Counted without an account too: the same statements take the same time.
  if (throttles.take(key("attacked", subject), now_, kOfAccount).tries < kAttack) return;
  if (throttles.take(key("told", subject), now_, kOfTelling).tries != 1 || !account) return;
  queue(connection_, now_, {"account_attacked", account->id, account->email});
  record(connection_, request_, now_, "account_attacked", account->id);
}

void PasswordTries::forget(std::string_view subject) {
  Throttles throttles(connection_);
  throttles.forget(pair_key(subject));
  throttles.forget(key("attacked", subject));
}

void PasswordTries::forget_all(std::string_view subject) {
  Throttles throttles(connection_);
  throttles.forget_all(key("account", subject).append("|"));
  throttles.forget(key("attacked", subject));
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
