// The probes of damage within the database, and of PostgreSQL's sort orders.
#include "core/database/schema/integrity.h"

#include <filesystem>
#include <system_error>

#include "core/database/database.h"
#include "core/database/schema/inspection.h"
#include "portalctl/check/probe.h"

namespace portalctl {
namespace {

using portal::Integrity;

portal::Database open(const Subject& subject) {
  return {subject.settings, portal::Durability::kFull, 1, subject.patience,
          portal::kNoSchemaNeeded};
}

Findings judge(const Integrity& found, const std::string& what, const std::string& mend) {
  Findings findings;
  for (const std::string& damage : found.damage) {
    findings.push_back(fault(what + " is damaged: " + damage +
                                 ": stop the portal, keep the files, and restore a backup (see "
                                 "backup.md)",
                             mend));
  }
  if (!findings.empty()) return findings;
  if (!found.unasked.empty()) return {not_applicable(found.unasked)};
  if (!found.finished) {
    return {unknown(what + " is too large to be read in this time: no damage so far",
                    "portalctl check --timeout 600")};
  }
  return {ok("no damage found in " + what)};
}

}  // namespace

Findings probe_integrity(const Subject& subject) {
  // The probe itself has to end in time.
  const auto limit = subject.patience * 2;
  if (!subject.postgresql()) {
    const std::string file =
        std::filesystem::absolute(subject.settings.text("database.connection"));
    std::error_code error;
    if (!std::filesystem::exists(file, error)) {
      return {not_applicable("there is no file yet, see database")};
    }
    return judge(portal::quick_check(file, limit), file, "portalctl restore FILE");
  }
  const auto found = open(subject).read(
      [&](portal::Connection& connection) { return portal::check_relations(connection, limit); });
  if (!found) return {not_applicable("it cannot be asked, see database: " + found.error().message)};
  return judge(*found, "the PostgreSQL database", "pg_amcheck --heapallindexed DATABASE");
}

Findings probe_collation(const Subject& subject) {
  if (!subject.postgresql()) return {not_applicable("database.connector = SQLite")};
  const auto changes = open(subject).read(
      [](portal::Connection& connection) { return portal::collation_changes(connection); });
  if (!changes) return {not_applicable("it cannot be reached, see database")};
  Findings findings;
  for (const auto& [what, then, now] : *changes) {
    const bool whole = what.starts_with("DATABASE ");
    findings.push_back(fault(what + " was made with version " + then +
                             " of its sort order, and the system has " + now +
                             ": rows may not be found, or be there twice: `REINDEX " +
                             (whole ? what : "DATABASE") + "; ALTER " + what + " REFRESH " +
                             (whole ? "COLLATION VERSION" : "VERSION") + "` as the owner"));
  }
  if (findings.empty()) findings.push_back(ok("the sort orders are those of the indexes"));
  return findings;
}

}  // namespace portalctl
