// portalctl audit archive: moves old rows of the audit, with their seals, into a file.
//
// Rows leave the tables only after the file is complete, on the disk, read again and proved, and
// after that is written down (table audit_archive, and the audit itself). If it is killed before,
// the tables have everything; if it is killed later, the next call goes on with removing, provided
// that the file is still what it was.
#include <array>
#include <filesystem>
#include <iostream>
#include <optional>
#include <system_error>
#include <utility>

#include "core/base/japan_time.h"
#include "core/base/new_file.h"
#include "core/base/system_error.h"
#include "core/database/journal/audit_archives.h"
#include "core/journal/audit.h"
#include "portalctl/audit/archive_file.h"
#include "portalctl/batch_pause.h"
#include "portalctl/printing.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr Option kBefore = {"before", "DATE",
                            "audit archive: rows of before 2026-04-01, Japan's time"};
constexpr std::array kOptions = {kBefore, portal::kReason, kJson};

Result<Done> archive_audit(Context& context);

}  // namespace

constexpr Verb kAuditArchive = {
    .usage = {.words = "audit archive",
              .arguments = "FILE",
              .options = kOptions,
              .help =
                  "Moves rows of the audit that are older than --before, with their seals, into "
                  "a new file, which `audit verify --archive` proves. They leave the database "
                  "once the file is complete and on the disk.",
              .example =
                  "portalctl audit archive --before 2026-04-01 /srv/archive/audit-2025.jsonl"},
    .run = archive_audit};

namespace {

using portal::Audit;
using portal::AuditArchive;
using portal::AuditArchives;
using portal::Connection;
using portal::Database;
using portal::EpochSeconds;

// The seals that go: none if `through` is 0.
struct Part {
  ArchiveHead head;
  std::string hash;  // of the last seal
};

Result<Part> part_before(Database& database, EpochSeconds before) {
  return database.read([&](Connection& connection) {
    AuditArchives archives(connection);
    const auto newest = archives.newest();
    Part part;
    if (newest) part.head.previous = newest->hash;
    const std::int64_t archived = newest ? newest->through : 0;
    part.head.first = archived + 1;
    part.head.through = archives.last_before(archived, before);
    if (part.head.through == 0) return part;
    part.hash = Audit(connection).seals(part.head.through - 1, 1).at(0).hash;
    return part;
  });
}

// Sealed rows are never changed, so that they may be read one seal at a time.
Result<Done> write_seals(Database& database, const ArchiveHead& head, const std::string& path) {
  ArchiveWriter writer(path, head);
  for (std::int64_t number = head.first; number <= head.through; ++number) {
    const auto read = database.read([&](Connection& connection) {
      Audit audit(connection);
      return std::pair(audit.seals(number - 1, 1), audit.sealed_by(number));
    });
    if (!read) return read.error();
    const auto& [seal, rows] = *read;
    if (seal.empty() || seal.front().number != number) {
      return portal::refused("seal " + std::to_string(number) + " is missing");
    }
    writer.add(seal.front(), rows);
  }
  if (!writer.finish()) return portal::unavailable(path + ": " + portal::system_error());
  return Done{};
}

// Writes the file, reads it again, proves it, and gives it its name.
Result<ArchiveProof> make_file(Database& database, const Part& part, const std::string& file) {
  std::error_code unknown;
  if (std::filesystem::exists(std::filesystem::symlink_status(file, unknown))) {
    return portal::refused(file + " is there already: it is not replaced");
  }
  portal::NewFile fresh(file);
  if (!fresh.made()) return portal::unavailable(file + ": " + portal::system_error());
  if (const auto done = write_seals(database, part.head, fresh.path()); !done) return done.error();
  auto proof = prove_archive(fresh.path());
  if (!proof) return proof.error();
  if (proof->hash != part.hash) {
    return portal::refused(fresh.path() + " does not have the last seal of the database");
  }
  if (const auto done = fresh.publish(); !done) return done.error();
  return proof;
}

// From here on the database may let go of the rows.
Result<AuditArchive> write_down(Database& database, const ArchiveProof& proof,
                                const std::string& file, const std::string& reason) {
  return database.write([&](Connection& connection) -> Result<AuditArchive> {
    AuditArchives archives(connection);
    const auto newest = archives.newest();
    if ((newest ? newest->through : 0) + 1 != proof.head.first) {
      return portal::refused("another archive was made meanwhile: remove " + file);
    }
    const EpochSeconds now = database.now();
    const AuditArchive archive = {
        proof.head.first, proof.head.through, proof.hash, proof.rows, now, file, proof.sha256};
    archives.add(archive);
    std::string detail = "seals " + std::to_string(archive.first) + " to " +
                         std::to_string(archive.through) + ", " + std::to_string(proof.rows) +
                         " rows, SHA-256 " + proof.sha256;
    if (!reason.empty()) detail += "; " + reason;
    portal::record_audit_event(
        connection, {.event = portal::AuditEvent::kAuditArchived, .at = now, .detail = detail});
    return archive;
  });
}

// Removes what is in archives, one seal in each transaction. Returns the number of rows.
Result<std::int64_t> remove_archived(Context& context) {
  const BatchPause pause(context.settings());
  std::int64_t rows = 0;
  for (;;) {
    const auto removed = pause.after([&] {
      return context.database().write([](Connection& connection) -> std::int64_t {
        AuditArchives archives(connection);
        const std::int64_t seal = archives.first_left_over();
        return seal == 0 ? -1 : archives.remove(seal);
      });
    });
    if (!removed) return removed.error();
    if (*removed < 0) return rows;
    rows += *removed;
  }
}

// What an archive that was killed has left to remove, if its file is still what it was.
Result<std::int64_t> finish_earlier(Context& context) {
  struct Earlier {
    std::int64_t left_over = 0;
    std::optional<AuditArchive> archive;
  };
  const auto earlier = context.database().read([](Connection& connection) {
    AuditArchives archives(connection);
    return Earlier{archives.first_left_over(), archives.newest()};
  });
  if (!earlier) return earlier.error();
  if (earlier->left_over == 0) return std::int64_t{0};
  const auto proof = prove_archive(earlier->archive->file);
  if (!proof || proof->sha256 != earlier->archive->sha256) {
    return portal::refused(
        "an earlier archive was interrupted, and its file is not what it was, so that its rows "
        "stay "
        "in the database: put it back: " +
        (proof ? earlier->archive->file : proof.error().message));
  }
  return remove_archived(context);
}

void print(const AuditArchive& archive, std::int64_t removed, bool json) {
  const Fields fields = {{"file", archive.file},         {"first seal", archive.first},
                         {"last seal", archive.through}, {"rows", archive.row_count},
                         {"removed", removed},           {"newest seal", archive.hash},
                         {"sha256", archive.sha256}};
  json ? print_json(fields) : print_lines(fields);
}

Result<Done> archive_audit(Context& context) {
  const auto before = portal::parse_japan_time(context.value(kBefore));
  if (!before) return portal::wrong_usage("--before: a date such as 2026-04-01");
  const std::string file = std::filesystem::absolute(context.argument());
  const auto finished = finish_earlier(context);
  if (!finished) return finished.error();
  if (*finished > 0) std::cerr << "an earlier archive: " << *finished << " rows removed\n";
  Database& database = context.database();
  const auto part = part_before(database, *before);
  if (!part) return part.error();
  if (part->head.through == 0) {
    return portal::not_found("no whole seal is older than " + context.value(kBefore) +
                             ": nothing was archived");
  }
  const auto proof = make_file(database, *part, file);
  if (!proof) return proof.error();
  const auto archive = write_down(database, *proof, file, context.reason());
  if (!archive) return archive.error();
  const auto removed = remove_archived(context);
  if (!removed) return removed.error();
  print(*archive, *removed, context.has(kJson));
  return Done{};
}

}  // namespace
}  // namespace portalctl
