// The chain of seals of the audit. Each seal carries a hash of the seal before it and of its own
// rows, so that a row that is changed, removed or moved breaks its seal and all later ones.
//
// The chain proves that nothing was changed, unless somebody made all later seals again. Against
// that, and against a chain whose end was cut off, an operator keeps the newest seal's hash
// elsewhere from time to time (`portalctl audit verify` prints it) and compares.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/database/database.h"
#include "core/database/journal/audit.h"

namespace portal {

// The SHA-256, as base64url, of the hash of the seal before (empty if there is none), the seal's
// number, time and count, and its rows in order. Each field is preceded by its length, so that
// nothing can be shifted from one field to the next. seal.hash is not read. seal.format 1 leaves
// out the rows' actors, which earlier versions did not know; it begins with another word than 2, so
// that no seal passes for one of the other format.
std::string seal_hash(std::string_view previous, const AuditSeal& seal,
                      const std::vector<AuditRow>& rows);

inline constexpr EpochSeconds kSealAfter = 3;  // a row's age; so that not each row has its own seal
inline constexpr int kMostSealed = 2000;       // rows of one seal

// Which rows are searched for unsealed ones.
enum class SealReach {
  kRecent,  // those since a day before the newest seal: an old audit takes no longer than a new one
  kAll,     // all: also rows that were added later with an earlier time
};

// Seals all rows that are older than kSealAfter and returns their number. Two programs may do so at
// the same time.
Result<std::int64_t> seal_audit(Database& database, EpochSeconds now,
                                SealReach reach = SealReach::kRecent);

struct AuditProof {
  std::int64_t seals = 0;     // the number of the last one that is proved
  std::int64_t archived = 0;  // of these, how many are in archives (`portalctl audit archive`)
  std::int64_t rows = 0;      // in those that are not
  std::int64_t unsealed = 0;  // not in any seal yet, which is no fault
  // Rows whose actor no seal proves, because a mailer of an earlier version has sealed them while
  // newer programs ran already.
  std::int64_t unproved_actors = 0;
  std::string newest_hash;
  std::string fault;  // the first one, with the number of its seal; empty: the chain holds
};

// Proves one seal more, which follows the newest of `proof`. False: proof.fault says why not.
bool prove_next(AuditProof& proof, const AuditSeal& seal, const std::vector<AuditRow>& rows);

// Reads the whole audit, seal by seal, from where the newest archive ends.
Result<AuditProof> verify_audit(Database& database);

}  // namespace portal
