#include "core/database/outbox.h"

#include <algorithm>
#include <tuple>

#include "core/database/columns.h"
#include "core/database/storable.h"

namespace portal {
namespace {

const Columns<OutboxRow> kColumns = {
    {"id", &OutboxRow::id},
    {"kind", &OutboxRow::kind},
    {"registration_id", &OutboxRow::registration_id},
    {"recipient", &OutboxRow::recipient},
    {"created_at", &OutboxRow::created_at},
    {"next_attempt_at", &OutboxRow::next_attempt_at},
    {"attempts", &OutboxRow::attempts},
    {"account_id", &OutboxRow::account_id},
};

const std::string kAdd =
    "INSERT INTO outbox (id, kind, registration_id, recipient, created_at, next_attempt_at, "
    "attempts, account_id, state, lease_owner, leased_until, done_at, last_reply) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'queued', '', 0, 0, '')";
// The conditions stand twice: PostgreSQL looks again at a row that it has waited for.
const std::string kLease =
    "UPDATE outbox SET lease_owner = $1, leased_until = $2 WHERE id IN (SELECT id FROM outbox "
    "WHERE state = 'queued' AND next_attempt_at <= $3 AND leased_until <= $3 "
    "ORDER BY created_at, id LIMIT $4) "
    "AND state = 'queued' AND next_attempt_at <= $3 AND leased_until <= $3 RETURNING " +
    kColumns.names();
const std::string kEndLease =
    ", attempts = attempts + 1, lease_owner = '', leased_until = 0 "
    "WHERE id = $3 AND lease_owner = $4 AND state = 'queued'";
const std::string kSent =
    "UPDATE outbox SET state = 'sent', done_at = $1, last_reply = $2" + kEndLease;
const std::string kFailed =
    "UPDATE outbox SET state = 'failed', done_at = $1, last_reply = $2" + kEndLease;
const std::string kPutBack = "UPDATE outbox SET next_attempt_at = $1, last_reply = $2" + kEndLease;
const std::string kRelease =
    "UPDATE outbox SET lease_owner = '', leased_until = 0 "
    "WHERE id = $1 AND lease_owner = $2 AND state = 'queued'";
const std::string kNewest =
    "SELECT COALESCE(MAX(created_at), 0) FROM outbox WHERE registration_id = $1";

}  // namespace

void Outbox::add(const OutboxRow& row) {
  connection_.execute(kAdd, kColumns.values(row));
}

std::vector<OutboxRow> Outbox::lease(std::string_view owner, EpochSeconds now, EpochSeconds lease,
                                     int most) {
  auto rows = kColumns.all(connection_, kLease, {owner, now + lease, now, most});
  std::sort(rows.begin(), rows.end(), [](const OutboxRow& a, const OutboxRow& b) {
    return std::tie(a.created_at, a.id) < std::tie(b.created_at, b.id);
  });
  return rows;
}

bool Outbox::mark_sent(std::string_view id, std::string_view owner, EpochSeconds now,
                       std::string_view reply) {
  return connection_.execute(kSent, {now, storable(reply), id, owner}) == 1;
}

bool Outbox::mark_failed(std::string_view id, std::string_view owner, EpochSeconds now,
                         std::string_view reply) {
  return connection_.execute(kFailed, {now, storable(reply), id, owner}) == 1;
}

bool Outbox::put_back(std::string_view id, std::string_view owner, EpochSeconds next_attempt_at,
                      std::string_view reply) {
  return connection_.execute(kPutBack, {next_attempt_at, storable(reply), id, owner}) == 1;
}

bool Outbox::release(std::string_view id, std::string_view owner) {
  return connection_.execute(kRelease, {id, owner}) == 1;
}

EpochSeconds Outbox::newest(std::string_view registration_id) {
  return connection_.number(kNewest, {registration_id});
}

}  // namespace portal
