// Table outbox: mails to be sent, committed together with what causes them.
//
// A mailer leases rows, so that no two of them send one row at the same time; a dead mailer's lease
// runs out. The mail itself (and its link) is made when it is sent.
#pragma once

#include <array>
#include <cstdint>
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

inline constexpr std::array<std::string_view, 3> kMailStates = {"queued", "sent", "failed"};

// A row as operators see it, whatever became of it.
struct OutboxEntry : OutboxRow {
  std::string state;         // one of kMailStates
  EpochSeconds done_at = 0;  // sent or failed; 0: queued
  std::string last_reply;    // the mail server's, or why there was no sending; may name addresses
};

struct OutboxFilter {      // empty: any
  std::string email_key;   // of the recipient (email_key() of application.h)
  std::string number;      // registration number of the registration or account it is about
  std::string_view state;  // one of kMailStates
  int most = 1000;
};

struct OutboxCount {
  std::string state;
  std::int64_t rows = 0;
  EpochSeconds oldest = 0;  // when the oldest of them was queued
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

  std::vector<OutboxEntry> list(const OutboxFilter& filter);  // newest first
  std::optional<OutboxEntry> find(std::string_view id);
  std::vector<OutboxCount> counts();  // a state without rows is not in it

  // Queued, and due at `now`, whether it had failed or was waiting; a lease goes on. False: there
  // is none, or it was sent.
  bool retry(std::string_view id, EpochSeconds now);
  int retry_failed(EpochSeconds now);  // all that failed; how many

 private:
  Connection& connection_;
};

}  // namespace portal
