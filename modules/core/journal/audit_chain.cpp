#include "core/journal/audit_chain.h"

#include <algorithm>
#include <optional>

#include "core/database/journal/audit_archives.h"
#include "core/security/token.h"

namespace portal {
namespace {

constexpr int kSealsRead = 100;

void append(std::string& text, std::string_view field) {
  text.append(std::to_string(field.size())).append(":").append(field);
}

void append(std::string& text, std::int64_t number) {
  append(text, std::to_string(number));
}

// From when on rows are searched. The time is never later than now, so that a row whose clock was
// wrong does not hide all later rows.
EpochSeconds look_since(Audit& audit, EpochSeconds now, SealReach reach) {
  return reach == SealReach::kAll ? 0 : std::min(audit.newest_sealed(), now) - kDay;
}

// Adds one seal and returns the number of its rows; 0: there was nothing to seal.
std::int64_t add_next_seal(Connection& connection, EpochSeconds now, SealReach reach) {
  Audit audit(connection);
  const auto rows = audit.unsealed(kMostSealed, look_since(audit, now, reach), now - kSealAfter);
  if (rows.empty()) return 0;
  const auto previous = audit.newest_seal();
  AuditSeal seal;
  seal.number = previous ? previous->number + 1 : 1;
  seal.sealed_at = now;
  seal.row_count = static_cast<std::int64_t>(rows.size());
  seal.hash = seal_hash(previous ? previous->hash : "", seal, rows);
  audit.add_seal(seal, rows);
  return seal.row_count;
}

Result<std::int64_t> newest_number(Database& database) {
  return database.read([](Connection& connection) {
    const auto newest = Audit(connection).newest_seal();
    return newest ? newest->number : 0;
  });
}

// A program that seals at the same time takes the same number or the same rows. A unique constraint
// admits one of the two, and the other searches again. If no seal was added, the fault is another
// one and is returned.
Result<std::int64_t> seal_once(Database& database, EpochSeconds now, SealReach reach) {
  for (;;) {
    const auto before = newest_number(database);
    if (!before) return before.error();
    auto sealed = database.write(
        [&](Connection& connection) { return add_next_seal(connection, now, reach); });
    if (sealed || sealed.error().kind != Error::Kind::kRefused) return sealed;
    const auto after = newest_number(database);
    if (!after || *after == *before) return sealed;
  }
}

// Returns what is wrong with a seal; empty: nothing.
std::string complaint(const AuditProof& before, const AuditSeal& seal,
                      const std::vector<AuditRow>& rows) {
  if (seal.number != before.seals + 1) {
    return "seal " + std::to_string(before.seals + 1) + " is missing";
  }
  const std::string name = "seal " + std::to_string(seal.number);
  if (seal.format < 1 || seal.format > kSealFormat) {
    return name + " has a format that this version does not know";
  }
  const auto count = static_cast<std::int64_t>(rows.size());
  if (count != seal.row_count) {
    return name + " was made over " + std::to_string(seal.row_count) + " rows, and " +
           std::to_string(count) + " are there";
  }
  if (!same_secret(seal_hash(before.newest_hash, seal, rows), seal.hash)) {
    return name + ": its rows, their order, or the seal itself were changed";
  }
  return "";
}

std::int64_t with_actor(const std::vector<AuditRow>& rows) {
  return std::ranges::count_if(rows, [](const AuditRow& row) { return !row.actor.empty(); });
}

// Reads the next seals after those of `proof`. Returns false if there are none, or a fault.
bool verify_more(Connection& connection, AuditProof& proof) {
  Audit audit(connection);
  const auto seals = audit.seals(proof.seals, kSealsRead);
  for (const AuditSeal& seal : seals) {
    if (!prove_next(proof, seal, audit.sealed_by(seal.number))) return false;
  }
  return !seals.empty();
}

}  // namespace

std::string seal_hash(std::string_view previous, const AuditSeal& seal,
                      const std::vector<AuditRow>& rows) {
  std::string text = "portal/audit/" + std::to_string(seal.format) + "\n";
  append(text, previous);
  append(text, seal.number);
  append(text, seal.sealed_at);
  append(text, seal.row_count);
  for (const AuditRow& row : rows) {
    append(text, row.id);
    append(text, row.at);
    append(text, row.event);
    append(text, row.account_id);
    append(text, row.network);
    append(text, row.request_id);
    append(text, row.detail);
    if (seal.format > 1) append(text, row.actor);
  }
  return token_hash(text);
}

Result<std::int64_t> seal_audit(Database& database, EpochSeconds now, SealReach reach) {
  std::int64_t all = 0;
  for (;;) {
    const auto sealed = seal_once(database, now, reach);
    if (!sealed) return sealed.error();
    if (*sealed == 0) return all;
    all += *sealed;
  }
}

bool prove_next(AuditProof& proof, const AuditSeal& seal, const std::vector<AuditRow>& rows) {
  proof.fault = complaint(proof, seal, rows);
  if (!proof.fault.empty()) return false;
  proof.seals = seal.number;
  proof.rows += seal.row_count;
  if (seal.format == 1) proof.unproved_actors += with_actor(rows);
  proof.newest_hash = seal.hash;
  return true;
}

Result<AuditProof> verify_audit(Database& database) {
  return database.read([](Connection& connection) {
    AuditProof proof;
    if (const auto archive = AuditArchives(connection).newest()) {
      proof.seals = proof.archived = archive->through;
      proof.newest_hash = archive->hash;
    }
    while (verify_more(connection, proof)) {
    }
    if (proof.fault.empty()) proof.unsealed = Audit(connection).count_unsealed();
    return proof;
  });
}

}  // namespace portal
