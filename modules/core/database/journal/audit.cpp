#include "core/database/journal/audit.h"

#include <algorithm>

#include "core/database/engine/columns.h"

namespace portal {
namespace {

const Columns<AuditRow> kColumns = {
    {"id", &AuditRow::id},           {"at", &AuditRow::at},
    {"event", &AuditRow::event},     {"account_id", &AuditRow::account_id},
    {"network", &AuditRow::network}, {"request_id", &AuditRow::request_id},
    {"detail", &AuditRow::detail},   {"actor", &AuditRow::actor},
};

const Columns<AuditSeal> kSealColumns = {
    {"number", &AuditSeal::number},       {"sealed_at", &AuditSeal::sealed_at},
    {"row_count", &AuditSeal::row_count}, {"hash", &AuditSeal::hash},
    {"format", &AuditSeal::format},
};

const std::string kAdd = kColumns.insert_into("audit");
// During an upgrade, before the migration that adds the actor: there is none yet.
constexpr std::int64_t kActorSince = 9;
const Columns<AuditRow> kColumnsBefore = kColumns.without("actor");
const std::string kAddBefore = kColumnsBefore.insert_into("audit");
const std::string kNewestFirst = "ORDER BY at DESC, id DESC LIMIT ";
const std::string kNotSealed =
    "NOT EXISTS (SELECT 1 FROM audit_sealed WHERE audit_sealed.audit_id = audit.id) ";
const std::string kUnsealed = kColumns.select_from("audit") + "WHERE at >= $1 AND at <= $2 AND " +
                              kNotSealed + "ORDER BY at, id LIMIT $3";
const std::string kCountUnsealed = "SELECT COUNT(*) FROM audit WHERE " + kNotSealed;

const std::string kNewestSeal =
    kSealColumns.select_from("audit_seal") + "ORDER BY number DESC LIMIT 1";
const std::string kNewestSealed =
    "SELECT COALESCE(MAX(audit.at), 0) FROM audit JOIN audit_sealed "
    "ON audit_sealed.audit_id = audit.id "
    "WHERE audit_sealed.seal_number = (SELECT MAX(number) FROM audit_seal)";
const std::string kAddSeal = kSealColumns.insert_into("audit_seal");
const std::string kAddSealed =
    "INSERT INTO audit_sealed (audit_id, seal_number, position) VALUES ($1, $2, $3)";
const std::string kSeals =
    kSealColumns.select_from("audit_seal") + "WHERE number > $1 ORDER BY number LIMIT $2";
const std::string kSealedBy = kColumns.select_from("audit") +
                              "JOIN audit_sealed ON audit_sealed.audit_id = audit.id "
                              "WHERE audit_sealed.seal_number = $1 "
                              "ORDER BY audit_sealed.position";

}  // namespace

void Audit::add(const AuditRow& row) {
  const bool before = connection_.schema() < kActorSince;
  connection_.execute(before ? kAddBefore : kAdd, (before ? kColumnsBefore : kColumns).values(row));
}

std::vector<AuditRow> Audit::list(const AuditFilter& filter) {
  // The statement has only the conditions that are given, so that each can use its index.
  Values values = {filter.since};
  std::string sql = kColumns.select_from("audit") + "WHERE at >= $1 ";
  const auto add = [&](const std::string& condition, const Value& value) {
    values.push_back(value);
    sql += condition + "$" + std::to_string(values.size()) + " ";
  };
  if (!filter.account_id.empty()) add("AND account_id = ", filter.account_id);
  if (!filter.event.empty()) add("AND event = ", filter.event);
  if (!filter.actor.empty()) add("AND actor = ", filter.actor);
  if (!filter.request_prefix.empty()) add("AND request_id LIKE ", filter.request_prefix + '%');
  add(kNewestFirst, filter.most);
  auto rows = kColumns.all(connection_, sql, values);
  std::reverse(rows.begin(), rows.end());
  return rows;
}

std::vector<AuditRow> Audit::unsealed(int most, EpochSeconds since, EpochSeconds until) {
  return kColumns.all(connection_, kUnsealed, {since, until, most});
}

std::int64_t Audit::count_unsealed() {
  return connection_.number(kCountUnsealed);
}

std::optional<AuditSeal> Audit::newest_seal() {
  return kSealColumns.first(connection_, kNewestSeal, {});
}

EpochSeconds Audit::newest_sealed() {
  return connection_.number(kNewestSealed);
}

void Audit::add_seal(const AuditSeal& seal, const std::vector<AuditRow>& rows) {
  connection_.execute(kAddSeal, kSealColumns.values(seal));
  std::int64_t position = 0;
  for (const AuditRow& row : rows) {
    connection_.execute(kAddSealed, {row.id, seal.number, ++position});
  }
}

std::vector<AuditSeal> Audit::seals(std::int64_t after_number, int most) {
  return kSealColumns.all(connection_, kSeals, {after_number, most});
}

std::vector<AuditRow> Audit::sealed_by(std::int64_t number) {
  return kColumns.all(connection_, kSealedBy, {number});
}

}  // namespace portal
