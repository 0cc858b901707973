#include "core/database/journal/audit_archives.h"

#include "core/database/engine/columns.h"

namespace portal {
namespace {

const Columns<AuditArchive> kColumns = {
    {"first", &AuditArchive::first},
    {"through", &AuditArchive::through},
    {"hash", &AuditArchive::hash},
    {"row_count", &AuditArchive::row_count},
    {"archived_at", &AuditArchive::archived_at},
    {"file", &AuditArchive::file},
    {"sha256", &AuditArchive::sha256},
};

const std::string kAdd = kColumns.insert_into("audit_archive");
const std::string kNewest = kColumns.select_from("audit_archive") + "ORDER BY through DESC LIMIT 1";
const std::string kFind = kColumns.select_from("audit_archive") + "WHERE through = $1";
// The first seal after $1 with a row that is not older than $2, or the newest of all: the one
// before it is the last.
const std::string kFirstKept =
    "SELECT MIN(number) FROM (SELECT MIN(audit_sealed.seal_number) AS number FROM audit_sealed "
    "JOIN audit ON audit.id = audit_sealed.audit_id "
    "WHERE audit_sealed.seal_number > $1 AND audit.at >= $2 "
    "UNION ALL SELECT MAX(number) FROM audit_seal) AS kept WHERE number IS NOT NULL";
const std::string kFirstLeftOver =
    "SELECT COALESCE(MIN(number), 0) FROM audit_seal "
    "WHERE number <= (SELECT COALESCE(MAX(through), 0) FROM audit_archive)";
// Rows first, because the database knows by their seal that they may go; so the reference to them
// is checked when the transaction ends.
constexpr auto kLaterOnSqlite = "PRAGMA defer_foreign_keys = ON";
constexpr auto kLaterOnPostgresql = "SET CONSTRAINTS audit_sealed_audit_id_fkey DEFERRED";
const std::string kRemoveRows =
    "DELETE FROM audit WHERE id IN (SELECT audit_id FROM audit_sealed WHERE seal_number = $1)";
const std::string kRemoveSealed = "DELETE FROM audit_sealed WHERE seal_number = $1";
const std::string kRemoveSeal = "DELETE FROM audit_seal WHERE number = $1";

}  // namespace

void AuditArchives::add(const AuditArchive& archive) {
  connection_.execute(kAdd, kColumns.values(archive));
}

std::optional<AuditArchive> AuditArchives::newest() {
  return kColumns.first(connection_, kNewest, {});
}

std::optional<AuditArchive> AuditArchives::find(std::int64_t through) {
  return kColumns.first(connection_, kFind, {through});
}

std::int64_t AuditArchives::last_before(std::int64_t seal, EpochSeconds before) {
  const auto kept = connection_.select(kFirstKept, 1, {seal, before});
  if (kept.empty() || kept.front().front().empty()) return 0;  // nothing was ever sealed
  const std::int64_t last = Poco::NumberParser::parse64(kept.front().front()) - 1;
  return last > seal ? last : 0;
}

std::int64_t AuditArchives::first_left_over() {
  return connection_.number(kFirstLeftOver);
}

std::int64_t AuditArchives::remove(std::int64_t seal) {
  connection_.execute_once(connection_.is_postgresql() ? kLaterOnPostgresql : kLaterOnSqlite);
  const auto rows = connection_.execute(kRemoveRows, {seal});
  connection_.execute(kRemoveSealed, {seal});
  connection_.execute(kRemoveSeal, {seal});
  return static_cast<std::int64_t>(rows);
}

}  // namespace portal
