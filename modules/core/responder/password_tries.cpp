#include "core/responder/password_tries.h"

#include <algorithm>
#include <iterator>
#include <new>
#include <utility>

#include "core/base/log.h"
#include "core/database/account/throttles.h"
#include "core/journal/audit.h"
#include "core/queue/queue_mail.h"
#include "core/responder/known_device.h"
#include "core/security/token.h"

namespace portal {

PasswordTry PasswordTries::take(const std::optional<Account>& account, std::string_view email_key) {
  PasswordTry tried;
  tried.at = now_;
  tried.subject = account ? account->id : "none:" + token_hash(email_key);
  // Looked up without an account too: the same statements take the same time.
  if (const auto device = known_device(connection_, site_, request_, tried.subject, now_)) {
    constexpr auto kDevice = Throttle::kPasswordFromDevice;
    tried.counted = {
        counted_by(site_.settings, kDevice, throttle_key(kDevice, tried.subject, *device))};
  } else {
    tried.counted = limits_of(tried);
  }
  Throttles::Claim claim = Throttles(connection_).claim(keys_of(tried.counted), now_);
  if (claim.full) {
    tried.wait = claim.full->wait;
    tried.refused_by = tried.counted[claim.full->which].throttle;
    tried.counted.clear();
  } else if (tried.counted.back().throttle == Throttle::kPasswordsOfAccount) {
    tried.of_account = claim.tries.back();
  }
  tried.tries = std::move(claim.tries);
  return tried;
}

// Of a browser that the account does not know. The total comes last: what a network's own limit
// refuses must not use it up.
std::vector<CountedBy> PasswordTries::limits_of(const PasswordTry& tried) const {
  const auto& network = request_.client.network();
  // Clients without a network are one here: guesses at one account are limited all the same.
  auto limits = counted_by_network(site_.settings, Throttle::kPasswordFromNetwork,
                                   network.value_or("unknown"), tried.subject);
  if (network) {
    std::ranges::move(counted_by_network(site_.settings, Throttle::kPasswordsOfNetwork, *network),
                      std::back_inserter(limits));
  }
  constexpr auto kAccount = Throttle::kPasswordsOfAccount;
  limits.push_back(counted_by(site_.settings, kAccount, throttle_key(kAccount, tried.subject)));
  return limits;
}

void PasswordTries::wrong(const PasswordTry& tried, const std::optional<Account>& account) {
  if (tried.of_account < kAttackTries) return;
  // Counted without an account too: the same statements take the same time.
  const auto told = Throttles(connection_).take(Throttle::kAttackTold, tried.subject, now_);
  if (told.tries != 1 || !account) return;
  queue_account_mail(
      connection_, now_,
      {.kind = MailKind::kAccountAttacked, .account_id = account->id, .recipient = account->email});
  record_audit_event(connection_, request_, now_, AuditEvent::kAccountAttacked, account->id);
}

void PasswordTries::right(const PasswordTry& tried) {
  Throttles throttles(connection_);
  for (std::size_t i = 0; i < tried.counted.size(); ++i) {
    const auto& [throttle, counted] = tried.counted[i];
    if (throttle == Throttle::kPasswordFromDevice) {
      throttles.forget(counted.key);  // nobody else guesses there
    } else {
      throttles.give_back(counted.key, tried.at, tried.tries[i], counted.policy.free);
    }
  }
}

void PasswordTries::forget_all(std::string_view account_id) {
  Throttles throttles(connection_);
  for (const auto throttle : {Throttle::kPasswordFromNetwork, Throttle::kPasswordFromDevice}) {
    throttles.forget_all(throttle_keys(throttle, account_id));
  }
  throttles.forget(throttle_key(Throttle::kPasswordsOfAccount, account_id));
}

bool verify_or_give_back(const Site& site, const Request& request, const PasswordTry& tried,
                         const std::function<bool()>& verify) {
  try {
    return verify();
  } catch (const std::bad_alloc&) {
    const auto done = site.database->write([&](Connection& connection) {
      PasswordTries(connection, site, request, site.clock()).right(tried);
      return Done{};
    });
    if (!done) log::warning("try_kept", {{"reason", done.error().message}});
    throw;  // answer() makes a 503 of it
  }
}

Response wait_page(const Site& site, EpochSeconds wait, std::string_view back, Throttle limit) {
  Data data;
  data.set("BACK", back);
  const bool long_one = wait >= 2 * kMinute;
  const EpochSeconds amount = long_one ? (wait + kMinute - 1) / kMinute : wait;
  data.show(limit == Throttle::kPasswordsOfAccount ? "NEW_BROWSER" : "HERE");
  data.add(long_one ? "MINUTES" : "SECONDS").set("AMOUNT", std::to_string(amount));
  Response response = site.page(429, "wait.tpl", "しばらくお待ちください", std::move(data));
  response.limit = name_of(limit);
  response.header("Retry-After", std::to_string(wait));
  return response;
}

}  // namespace portal
