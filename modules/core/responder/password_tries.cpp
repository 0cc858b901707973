#include "core/responder/password_tries.h"

#include <new>
#include <utility>

#include "core/base/log.h"
#include "core/database/account/throttles.h"
#include "core/journal/audit.h"
#include "core/queue/queue_mail.h"
#include "core/responder/known_device.h"
#include "core/security/token.h"

namespace portal {

// Counts the try, or gives back what was counted before: who must wait uses nothing up.
bool PasswordTries::count(PasswordTry& tried, Throttle throttle, std::string key) {
  Throttles throttles(connection_);
  const ThrottleKind& kind = throttle_kind(throttle);
  Throttles::Taken taken = {0, 0};
  if (kind.limit.window > 0) {
    const auto most = site_.settings.number(kind.setting);
    taken.wait = throttles.count(key, now_, {most, kind.limit.window});
  } else {
    taken = throttles.take(key, now_, kind.policy);
  }
  if (taken.wait == 0) {
    tried.counted.push_back({throttle, std::move(key), taken.tries});
    return true;
  }
  right(tried);
  tried.wait = taken.wait;
  tried.refused_by = throttle;
  tried.counted.clear();
  return false;
}

PasswordTry PasswordTries::take(const std::optional<Account>& account, std::string_view email_key) {
  PasswordTry tried;
  tried.at = now_;
  tried.subject = account ? account->id : "none:" + token_hash(email_key);
  // Looked up without an account too: the same statements take the same time.
  if (const auto device = known_device(connection_, site_, request_, tried.subject, now_)) {
    constexpr auto kDevice = Throttle::kPasswordFromDevice;
    count(tried, kDevice, password_key(kDevice, tried.subject, *device));
    return tried;
  }
  // Clients without a network are one here: guesses at one account are limited all the same.
  constexpr auto kPair = Throttle::kPasswordFromNetwork;
  const auto& network = request_.client.network();
  if (count(tried, kPair, password_key(kPair, tried.subject, network.value_or("unknown"))) &&
      network) {
    constexpr auto kNetwork = Throttle::kPasswordsOfNetwork;
    count(tried, kNetwork, throttle_key(kNetwork, *network));
  }
  return tried;
}

void PasswordTries::wrong(const PasswordTry& tried, const std::optional<Account>& account) {
  Throttles throttles(connection_);
  // Counted without an account too: the same statements take the same time.
  if (throttles.take(Throttle::kPasswordsOfAccount, tried.subject, now_).tries < kAttackTries)
    return;
  if (throttles.take(Throttle::kAttackTold, tried.subject, now_).tries != 1 || !account) return;
  queue_account_mail(
      connection_, now_,
      {.kind = MailKind::kAccountAttacked, .account_id = account->id, .recipient = account->email});
  record_audit_event(connection_, request_, now_, AuditEvent::kAccountAttacked, account->id);
}

void PasswordTries::right(const PasswordTry& tried) {
  Throttles throttles(connection_);
  for (const auto& [throttle, key, number] : tried.counted) {
    if (throttle == Throttle::kPasswordFromDevice) {
      throttles.forget(key);  // nobody else guesses there
    } else {
      throttles.give_back(key, tried.at, number, throttle_kind(throttle).policy.free);
    }
  }
}

void PasswordTries::forget_all(std::string_view account_id) {
  Throttles throttles(connection_);
  for (const auto throttle : {Throttle::kPasswordFromNetwork, Throttle::kPasswordFromDevice}) {
    throttles.forget_all(password_keys(throttle, account_id));
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
  data.add(long_one ? "MINUTES" : "SECONDS").set("AMOUNT", std::to_string(amount));
  Response response = site.page(429, "wait.tpl", "しばらくお待ちください", std::move(data));
  response.limit = name_of(limit);
  response.header("Retry-After", std::to_string(wait));
  return response;
}

}  // namespace portal
