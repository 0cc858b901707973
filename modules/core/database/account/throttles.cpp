#include "core/database/account/throttles.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "core/database/engine/columns.h"

namespace portal {
namespace {

// True if the row was written before the clock was set back to $2: it counts for nothing.
const std::string kOfAnotherTime = "throttle.first_at > $2 + " + std::to_string(kClockSlack);
// $2 is now; $3 and $7 are the times until which the first try and the try number $6 block; $4 is
// the window; $5 is the number of free tries. It is one statement, so that simultaneous tries all
// count and each sees another number. A block outlasts its window; otherwise the last tries of a
// window would have no wait.
const std::string kOver = "(throttle.first_at + $4 <= $2 OR " + kOfAnotherTime + ")";
const std::string kTake =
    "INSERT INTO throttle (key, tries, first_at, blocked_until) VALUES ($1, 1, $2, $3) "
    "ON CONFLICT (key) DO UPDATE SET tries = CASE WHEN " +
    kOver + " THEN 1 ELSE throttle.tries + 1 END, first_at = CASE WHEN " + kOver +
    " THEN $2 ELSE throttle.first_at END, blocked_until = CASE WHEN " + kOver +
    " THEN $3 WHEN throttle.tries + 1 <= $5 THEN 0 WHEN throttle.tries + 1 >= $6 THEN $7 "
    "ELSE $2 + (1 << (throttle.tries - $5)) END "
    "WHERE throttle.blocked_until <= $2 OR " +
    kOfAnotherTime + " RETURNING tries";
// $2 is now, $3 the window, $4 the limit. It blocks nothing: blocked_until stays 0. A window has
// not begun if its only try was taken back.
const std::string kWindowOver =
    "(throttle.first_at + $3 <= $2 OR throttle.tries = 0 OR " + kOfAnotherTime + ")";
const std::string kCount =
    "INSERT INTO throttle (key, tries, first_at, blocked_until) VALUES ($1, 1, $2, 0) "
    "ON CONFLICT (key) DO UPDATE SET tries = CASE WHEN " +
    kWindowOver + " THEN 1 ELSE throttle.tries + 1 END, first_at = CASE WHEN " + kWindowOver +
    " THEN $2 ELSE throttle.first_at END WHERE " + kWindowOver +
    " OR throttle.tries < $4 RETURNING tries";
const std::string kLock =
    "INSERT INTO throttle (key, tries, first_at, blocked_until) VALUES ($1, 0, 0, 0) "
    "ON CONFLICT (key) DO UPDATE SET tries = throttle.tries";
// $1 is the number of the try, $2 the number of free tries, $4 when it was counted. A window that
// began later does not have it.
const std::string kGiveBack =
    "UPDATE throttle SET tries = tries - 1, "
    "blocked_until = CASE WHEN tries = $1 OR tries - 1 <= $2 THEN 0 ELSE blocked_until END "
    "WHERE key = $3 AND tries > 0 AND first_at <= $4";
// When the window ends that is full: $1 is the window, $3 the limit, $4 now.
const std::string kFullUntil =
    "SELECT first_at + $1 FROM throttle WHERE key = $2 AND tries >= $3 "
    "AND first_at + $1 > $4";
const std::string kFirstAt = "SELECT first_at FROM throttle WHERE key = $1";
const std::string kBlocked = "SELECT blocked_until, tries FROM throttle WHERE key = $1";
const std::string kOverLimit =
    "SELECT SUBSTR(key, LENGTH($1) + 1), tries FROM throttle WHERE SUBSTR(key, 1, LENGTH($1)) = $1 "
    "AND tries > $2 AND first_at > $3 ORDER BY tries DESC, key LIMIT $4";
const std::string kForget = "DELETE FROM throttle WHERE key = $1";
// A statement about all keys that begin with a prefix: those from the prefix to what follows all of
// them, in the order of their bytes.
struct OfPrefix {
  explicit OfPrefix(const std::string& what)
      : by_range(what + " FROM throttle WHERE key >= $1 AND key < $2"),
        by_text(what + " FROM throttle WHERE SUBSTR(key, 1, LENGTH($1)) = $1") {}
  std::string by_range;
  std::string by_text;  // where PostgreSQL has keys in the order of the database's collation
};
constexpr std::int64_t kOrderedByBytesSince = 12;  // that migration
const OfPrefix kForgetAll("DELETE");
const OfPrefix kBlockedUntil("SELECT COALESCE(MAX(blocked_until), 0)");
const std::string kPurge =
    "DELETE FROM throttle WHERE key IN (SELECT key FROM throttle WHERE first_at < $1 LIMIT $2)";

// The number of the first try that waits for the whole pause: `most`, or an earlier one whose
// doubled wait would be longer than the pause.
int first_paused(const ThrottlePolicy& policy) {
  int number = policy.free + 1;
  for (EpochSeconds wait = 1; wait < policy.pause && number < policy.most; wait *= 2) ++number;
  return std::max(std::min(number, policy.most), 1);
}

// The first text, in the order of the bytes, after all that begin with `prefix`.
std::string after_all(std::string prefix) {
  assert(!prefix.empty() && prefix.back() >= 0 && prefix.back() < '~');
  ++prefix.back();
  return prefix;
}

struct Asked {
  const std::string& sql;
  Values values;
};

Asked asked(Connection& connection, const OfPrefix& statement, std::string_view prefix) {
  if (connection.schema() < kOrderedByBytesSince) return {statement.by_text, {prefix}};
  return {statement.by_range, {prefix, after_all(std::string(prefix))}};
}

EpochSeconds wait_after_first(const ThrottlePolicy& policy) {
  if (first_paused(policy) == 1) return policy.pause;
  return policy.free >= 1 ? 0 : 1;
}

}  // namespace

Throttles::Taken Throttles::take(std::string_view key, EpochSeconds now,
                                 const ThrottlePolicy& policy) {
  const auto counted = connection_.select(kTake, 1,
                                          {key, now, now + wait_after_first(policy), policy.window,
                                           policy.free, first_paused(policy), now + policy.pause});
  if (!counted.empty()) return {0, Poco::NumberParser::parse(counted.front().front())};
  // The statement has locked the row in this transaction without changing it, so the row exists.
  const Row blocked = connection_.select(kBlocked, 2, {key}).at(0);
  return {Poco::NumberParser::parse64(blocked[0]) - now, Poco::NumberParser::parse(blocked[1])};
}

Throttles::Taken Throttles::take(Throttle throttle, std::string_view name, EpochSeconds now) {
  return take(throttle_key(throttle, name), now, throttle_kind(throttle).policy);
}

Throttles::Taken Throttles::take(std::string_view key, EpochSeconds now, const Limit& limit) {
  const auto counted = connection_.select(kCount, 1, {key, now, limit.window, limit.most});
  if (!counted.empty()) return {0, Poco::NumberParser::parse(counted.front().front())};
  // The statement has locked the row in this transaction without changing it, so the row exists.
  const EpochSeconds wait = connection_.number(kFirstAt, {key}) + limit.window - now;
  return {wait, static_cast<int>(limit.most)};
}

EpochSeconds Throttles::count(std::string_view key, EpochSeconds now, const Limit& limit) {
  return take(key, now, limit).wait;
}

EpochSeconds Throttles::count(Throttle throttle, std::string_view name, EpochSeconds now) {
  return count(throttle_key(throttle, name), now, throttle_kind(throttle).limit);
}

Throttles::Claim Throttles::claim(std::span<const Counted> keys, EpochSeconds now) {
  Claim claim;
  for (const auto& [key, limit, policy] : keys) {
    const Taken taken = limit.window > 0 ? take(key, now, limit) : take(key, now, policy);
    if (taken.wait > 0) {
      claim.full = Full{claim.tries.size(), taken.wait};
      break;
    }
    claim.tries.push_back(taken.tries);
  }
  if (!claim.full) return claim;
  for (std::size_t i = 0; i < claim.tries.size(); ++i) {
    give_back(keys[i].key, now, claim.tries[i], keys[i].policy.free);
  }
  claim.tries.clear();
  return claim;
}

std::optional<Throttles::Full> Throttles::look(std::span<const Counted> keys, EpochSeconds now) {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto& [key, limit, policy] = keys[i];
    const auto until = connection_.select(kFullUntil, 1, {limit.window, key, limit.most, now});
    if (!until.empty()) return Full{i, Poco::NumberParser::parse64(until.front().front()) - now};
  }
  return std::nullopt;
}

std::vector<Throttles::Over> Throttles::over(Throttle throttle, const Limit& limit,
                                             EpochSeconds now, int most) {
  std::vector<Over> found;
  for (Row& row : connection_.select(
           kOverLimit, 2, {throttle_kind(throttle).prefix, limit.most, now - limit.window, most})) {
    found.push_back({std::move(row[0]), Poco::NumberParser::parse64(row[1])});
  }
  return found;
}

EpochSeconds Throttles::blocked_until(std::string_view prefix) {
  const auto [sql, values] = asked(connection_, kBlockedUntil, prefix);
  return connection_.number(sql, values);
}

void Throttles::lock(std::string_view key) {
  connection_.execute(kLock, {key});
}

void Throttles::give_back(std::string_view key, EpochSeconds taken_at, int number, int free) {
  connection_.execute(kGiveBack, {number, free, key, taken_at});
}

void Throttles::forget(std::string_view key) {
  connection_.execute(kForget, {key});
}

int Throttles::forget_all(std::string_view prefix) {
  const auto [sql, values] = asked(connection_, kForgetAll, prefix);
  return static_cast<int>(connection_.execute(sql, values));
}

int Throttles::purge(EpochSeconds first_before, int most) {
  return static_cast<int>(connection_.execute(kPurge, {first_before, most}));
}

}  // namespace portal
