// Tables audit, audit_seal and audit_sealed: what happened to accounts. Rows are added, and never
// changed or purged: the database refuses update and delete.
//
// Seals make a chain: each has a hash over the previous seal and its own rows
// (core/journal/audit_chain.h). They are added later, never by a request.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"

namespace portal {

class Connection;

struct AuditRow {
  std::string id;
  EpochSeconds at = 0;
  std::string event;       // name_of(AuditEvent), or one that a newer version wrote
  std::string account_id;  // or the registration's id, which the account keeps; may be empty
  std::string network;     // client_network()
  std::string request_id;
  std::string detail;      // never a password, token or address in full; may be empty
  std::string actor = {};  // an operator's name, or name_of(WebActor); empty: an earlier version
                           // did not note it
};

// How a seal's hash was made (core/journal/audit_chain.h): 1, of earlier versions, does not cover
// the rows' actors.
inline constexpr std::int64_t kSealFormat = 2;

struct AuditSeal {
  std::int64_t number = 0;  // 1, 2, 3 …
  EpochSeconds sealed_at = 0;
  std::int64_t row_count = 0;
  std::string hash;
  std::int64_t format = kSealFormat;
};

struct AuditFilter {  // an empty text or 0 means any
  std::string account_id = {};
  std::string event = {};
  EpochSeconds since = 0;
  int most = 1000;
  std::string request_prefix = {};  // hexadecimal digits with which the request's id begins
  std::string actor = {};
};

class Audit {
 public:
  explicit Audit(Connection& connection) : connection_(connection) {}
  void add(const AuditRow& row);
  // Returns the newest `most` rows, oldest first.
  std::vector<AuditRow> list(const AuditFilter& filter);

  // Returns rows from `since` to `until` that no seal covers, oldest first.
  std::vector<AuditRow> unsealed(int most, EpochSeconds since = 0,
                                 EpochSeconds until = std::numeric_limits<EpochSeconds>::max());
  std::int64_t count_unsealed();
  std::optional<AuditSeal> newest_seal();
  // The time of the newest row in the newest seal. 0 if there is none.
  EpochSeconds newest_sealed();
  // If the transaction then fails with kRefused, another one may have sealed at the same time.
  void add_seal(const AuditSeal& seal, const std::vector<AuditRow>& rows);
  std::vector<AuditSeal> seals(std::int64_t after_number, int most);  // in order
  std::vector<AuditRow> sealed_by(std::int64_t number);               // in the order of the seal

 private:
  Connection& connection_;
};

}  // namespace portal
