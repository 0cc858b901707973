#include "core/database/account/known_devices.h"

#include "core/database/engine/connection.h"

namespace portal {
namespace {

const std::string kKnows =
    "SELECT COUNT(*) FROM known_device WHERE account_id = $1 AND token_hash = $2 AND seen_at >= $3";
const std::string kSee =
    "UPDATE known_device SET seen_at = $1 WHERE account_id = $2 AND token_hash = $3";
const std::string kAdd =
    "INSERT INTO known_device (account_id, token_hash, seen_at) VALUES ($1, $2, $3) "
    "ON CONFLICT (account_id, token_hash) DO UPDATE SET seen_at = $3";
const std::string kForgetOldest =
    "DELETE FROM known_device WHERE account_id = $1 AND token_hash NOT IN "
    "(SELECT token_hash FROM known_device WHERE account_id = $1 "
    "ORDER BY seen_at DESC, token_hash LIMIT $2)";
const std::string kRemoveAll =
    "DELETE FROM known_device WHERE account_id = $1 AND token_hash <> $2";
const std::string kPurge =
    "DELETE FROM known_device WHERE (account_id, token_hash) IN "
    "(SELECT account_id, token_hash FROM known_device WHERE seen_at < $1 LIMIT $2)";

}  // namespace

bool KnownDevices::knows(std::string_view account_id, std::string_view token_hash,
                         EpochSeconds seen_since) {
  return connection_.number(kKnows, {account_id, token_hash, seen_since}) == 1;
}

void KnownDevices::add(std::string_view account_id, std::string_view token_hash, EpochSeconds now,
                       int most) {
  if (connection_.execute(kSee, {now, account_id, token_hash}) == 1) return;
  connection_.execute(kAdd, {account_id, token_hash, now});
  connection_.execute(kForgetOldest, {account_id, most});
}

void KnownDevices::remove_all(std::string_view account_id, std::string_view kept) {
  connection_.execute(kRemoveAll, {account_id, kept});
}

int KnownDevices::purge(EpochSeconds seen_before, int most) {
  return static_cast<int>(connection_.execute(kPurge, {seen_before, most}));
}

}  // namespace portal
