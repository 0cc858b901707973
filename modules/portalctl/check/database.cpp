// Probes of the database, of either kind: it is reachable and migrated, has the tables that the
// migrations make, and has a roster.
#include "core/database/database.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "core/base/system_error.h"
#include "core/database/roster/roster.h"
#include "core/database/roster/roster_editions.h"
#include "core/database/schema/inspection.h"
#include "portalctl/check/probe.h"
#include "portalctl/listing.h"

namespace portalctl {
namespace {

namespace fs = std::filesystem;

// The bureaus publish their lists monthly.
constexpr portal::EpochSeconds kOldRoster = 45 * portal::kDay;
constexpr int kEditions = 20;  // after some that failed or were undone comes the current one

using portal::Connection;
using portal::Database;
using portal::Durability;
using portal::Result;

Database open(const Subject& subject) {
  return {subject.settings, Durability::kFull, 1, subject.patience};
}

// A temporary folder, which is removed at the end with everything in it.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / "portalctl-XXXXXX") {
    made_ = mkdtemp(path_.data()) != nullptr;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code left_to_others;
    if (made_) fs::remove_all(path_, left_to_others);
  }
  bool made() const { return made_; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  bool made_;
};

// Compares the schema with that of a new database, which the same SQL files make.
Result<std::vector<portal::SchemaDifference>> compare(const Subject& subject) {
  const Folder folder;
  if (!folder.made()) return portal::unavailable(folder.path() + ": " + portal::system_error());
  portal::Settings settings;
  if (const auto set = settings.set("database.connection", folder.path() + "/new.db"); !set) {
    return set.error();
  }
  Database model(settings, Durability::kRelaxed, 1);
  if (const auto made = model.migrate(subject.sql_directory); !made) return made.error();
  Database database = open(subject);
  const auto compared = database.read([&](Connection& ours) {
    return model.read([&](Connection& theirs) { return portal::compare_schemas(ours, theirs); });
  });
  if (!compared) return compared.error();
  return *compared;
}

std::string next_after(const Subject& subject, const std::string& message) {
  if (message.find('`') != std::string::npos) return "";  // it names one
  if (subject.postgresql()) return "systemctl status postgresql";
  const fs::path file = fs::absolute(subject.settings.text("database.connection"));
  const bool full = message.find("disk is full") != std::string::npos;
  return full ? "df -h " + file.parent_path().string() : "ls -l " + file.string();
}

}  // namespace

Findings probe_database(const Subject& subject) {
  Database database = open(subject);
  for (const auto& done : {database.check(), database.check_writing()}) {
    if (!done) return {fault(done.error().message, next_after(subject, done.error().message))};
  }
  return {ok(subject.settings.text("database.connector") + ", migrated")};
}

Findings probe_schema(const Subject& subject) {
  if (!open(subject).check()) return {not_applicable("it is not migrated, see database")};
  const auto differences = compare(subject);
  if (!differences) return {fault(differences.error().message)};
  Findings findings;
  for (const auto& [what, kind] : *differences) {
    using Kind = portal::SchemaDifference::Kind;
    if (kind == Kind::kAdded) {
      findings.push_back(
          warning(what + " is none of the portal's: the next version may not expect it"));
    } else {
      findings.push_back(fault(what + (kind == Kind::kMissing ? " is missing" : " is another") +
                               " than the migrations make: changed by hand? put it back, or "
                               "restore a backup"));
    }
  }
  if (findings.empty()) findings.push_back(ok("tables, columns, indexes and triggers as migrated"));
  return findings;
}

Findings probe_roster(const Subject& subject) {
  struct Found {
    std::int64_t clinics;
    portal::EpochSeconds imported;
  };
  Database database = open(subject);
  const auto now = database.now();
  const auto found = database.read([](Connection& connection) {
    Found result{portal::Roster(connection).count(), 0};
    for (const auto& edition : portal::RosterEditions(connection).newest(kEditions)) {
      if (edition.state == "current") result.imported = edition.finished_at;
    }
    return result;
  });
  if (!found) return {not_applicable("it cannot be read, see database")};
  if (found->clinics == 0) return {fault("no clinic in it: run `portalctl roster import FILE`")};
  const std::string clinics =
      std::to_string(found->clinics) + (found->clinics == 1 ? " clinic" : " clinics");
  if (found->imported == 0) return {ok(clinics)};
  const auto seconds = std::max<portal::EpochSeconds>(now - found->imported, 0);
  if (seconds > kOldRoster) {
    return {warning(clinics + ", imported " + age(seconds) +
                        " ago: clinics that are new since then cannot register",
                    "portalctl roster import FILE")};
  }
  return {ok(clinics + ", imported " + age(seconds) + " ago")};
}

}  // namespace portalctl
