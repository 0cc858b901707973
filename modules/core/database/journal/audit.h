// Tables audit, audit_seal, audit_sealed: what happened to accounts. Rows are added and never
// changed, nor purged: the database refuses update and delete.
//
// Seals make a chain: each carries the hash of the one before and of its own rows
// (core/journal/audit_chain.h). They are added later, never on a request's path.
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
  std::string account_id;  // or the registration's, which becomes the account's; may be empty
  std::string network;     // client_network()
  std::string request_id;
  std::string detail;  // never a password, token or address in full; may be empty
};

struct AuditSeal {
  std::int64_t number = 0;  // 1, 2, 3 …
  EpochSeconds sealed_at = 0;
  std::int64_t row_count = 0;
  std::string hash;
};

struct AuditFilter {  // empty and 0: any
  std::string account_id;
  std::string event;
  EpochSeconds since = 0;
  int most = 1000;
};

class Audit {
 public:
  explicit Audit(Connection& connection) : connection_(connection) {}
  void add(const AuditRow& row);
  // The newest `most` of them, oldest first.
  std::vector<AuditRow> list(const AuditFilter& filter);

  // Oldest first; none before `since`, none after `until`.
  std::vector<AuditRow> unsealed(int most, EpochSeconds since = 0,
                                 EpochSeconds until = std::numeric_limits<EpochSeconds>::max());
  std::int64_t count_unsealed();
  std::optional<AuditSeal> newest_seal();
  // The time of the newest row in the newest seal; 0: there is none.
  EpochSeconds newest_sealed();
  // The error kRefused of the transaction may mean that another one sealed at the same time.
  void add_seal(const AuditSeal& seal, const std::vector<AuditRow>& rows);
  std::vector<AuditSeal> seals(std::int64_t after_number, int most);  // in order
  std::vector<AuditRow> sealed_by(std::int64_t number);               // in the order of the seal

 private:
  Connection& connection_;
};

}  // namespace portal
