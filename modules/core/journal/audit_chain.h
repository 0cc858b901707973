// The chain of seals: each carries a hash of the one before and of its own rows, so that whoever
// changes, removes or moves a row breaks every seal from there on.
//
// It proves that nothing was changed by someone who did not make all later seals anew. The newest
// seal's hash, written down elsewhere from time to time (`portalctl audit verify` prints it),
// proves the rest; so it also shows whether the chain's end was cut off.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/database/database.h"
#include "core/database/journal/audit.h"

namespace portal {

// SHA-256, base64url, over the hash of the seal before (empty: there is none), the seal's number,
// time and count, and its rows in order. Each field has its length in front: nothing can be shifted
// from one to the next. seal.hash is not looked at.
std::string seal_hash(std::string_view previous, const AuditSeal& seal,
                      const std::vector<AuditRow>& rows);

inline constexpr EpochSeconds kSealAfter = 3;  // so that a seal is not made for each row
inline constexpr int kMostSealed = 2000;       // rows of a seal

// Which rows are looked at. kRecent: those since a day before the newest seal, so that the age of
// the audit costs nothing. kAll: also what came later with an earlier time.
enum class SealReach { kRecent, kAll };

// Seals what is older than kSealAfter, in as many seals as it takes. How many rows. Two at the same
// time are safe.
Result<std::int64_t> seal_audit(Database& database, EpochSeconds now,
                                SealReach reach = SealReach::kRecent);

struct AuditProof {
  std::int64_t seals = 0;
  std::int64_t rows = 0;      // in these seals
  std::int64_t unsealed = 0;  // not in any seal yet: that is no fault
  std::string newest_hash;
  std::string fault;  // the first one found, and at which seal; empty: the chain holds
};

// Reads the whole audit, seal by seal.
Result<AuditProof> verify_audit(Database& database);

}  // namespace portal
