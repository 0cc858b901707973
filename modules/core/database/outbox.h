// Table outbox: mails to be sent, committed together with what causes them.
//
// A mailer leases rows, so that no two of them send one row at the same time; a dead mailer's lease
// runs out. The mail itself (and its link) is made when it is sent.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"

namespace portal {

class Connection;

struct OutboxRow {
  std::string id;    // also the local part of the Message-ID
  std::string kind;  // "activation", "reset" … (modules/mailer/letter.h)
  std::string registration_id;
  std::string recipient;
  EpochSeconds created_at = 0;
  EpochSeconds next_attempt_at = 0;
  int attempts = 0;             // sendings that came to an end before: 0 at the first
  std::string account_id = {};  // of what happens to an account; else empty
};

class Outbox {
 public:
  explicit Outbox(Connection& connection) : connection_(connection) {}
  void add(const OutboxRow& row);

  // Up to `most` rows that are due, leased to `owner` until `now + lease` seconds; oldest first.
  std::vector<OutboxRow> lease(std::string_view owner, EpochSeconds now, EpochSeconds lease,
                               int most);

  // Only the owner of the lease ends it; false if it has lost it meanwhile.
  bool mark_sent(std::string_view id, std::string_view owner, EpochSeconds now,
                 std::string_view reply);
  bool mark_failed(std::string_view id, std::string_view owner, EpochSeconds now,
                   std::string_view reply);  // for good
  bool put_back(std::string_view id, std::string_view owner, EpochSeconds next_attempt_at,
                std::string_view reply);
  // Ends the lease of a row that was not tried: nothing else of it changes.
  bool release(std::string_view id, std::string_view owner);

  // When the newest row of that registration was made; 0: none. For the cool-down of 再送.
  EpochSeconds newest(std::string_view registration_id);

 private:
  Connection& connection_;
};

}  // namespace portal
