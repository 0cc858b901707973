// Table outbox: mails to be sent, committed together with what causes them.
//
// A mailer leases rows, so that no two of them send one row at the same time; a dead mailer's lease
// runs out. The mail itself (and its link) is made when it is sent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/database/mail/mail_state.h"
#include "core/registration/registration_number.h"

namespace portal {

class Connection;

struct OutboxRow {
  std::string id;               // also the local part of the Message-ID
  std::string kind;             // name_of(MailKind), or one that a newer version queued
  std::string registration_id;  // of kind `listed`: the waiting entry's
  std::string recipient;
  EpochSeconds created_at = 0;
  EpochSeconds next_attempt_at = 0;
  int attempts = 0;             // sendings that came to an end before: 0 at the first
  std::string account_id = {};  // of what happens to an account; else empty
  std::string network = {};     // client_network() of who caused it; may be empty
};

// A row as operators see it, whatever became of it.
struct OutboxEntry : OutboxRow {
  std::string state;         // one of kMailStates
  EpochSeconds done_at = 0;  // when the state became what it is; 0: queued
  std::string last_reply;    // the mail server's, or why there was no sending; may name addresses

  // Sent and come back, or refused by the mail server: a mistyped address, as a rule.
  bool undeliverable() const {
    return state == name_of(MailState::kBounced) ||
           (state == name_of(MailState::kFailed) && attempts > 0);
  }
};

struct OutboxFilter {                        // empty: any
  std::string email_key;                     // of the recipient (email_key() of application.h)
  std::optional<RegistrationNumber> number;  // of the registration or account it is about
  std::string_view state;                    // one of kMailStates
  int most = 1000;
};

struct OutboxCount {
  std::string state;
  std::int64_t rows = 0;
  EpochSeconds oldest = 0;  // when the oldest of them was queued
};

struct OutboxBacklog {
  std::string state;  // one of kUnsentStates
  std::int64_t rows = 0;
  EpochSeconds first_due = 0;  // the first next_attempt_at of them
};

class Outbox {
 public:
  explicit Outbox(Connection& connection) : connection_(connection) {}
  void add(const OutboxRow& row);

  // Up to `most` rows that are due, leased to `owner` until `now + lease` seconds; those that have
  // been due longest come first.
  std::vector<OutboxRow> lease(std::string_view owner, EpochSeconds now, EpochSeconds lease,
                               int most);

  // Only the owner of the lease ends it; false if it has lost it meanwhile.
  bool mark_sent(std::string_view id, std::string_view owner, EpochSeconds now,
                 std::string_view reply);
  bool mark_failed(std::string_view id, std::string_view owner, EpochSeconds now,
                   std::string_view reply);  // for good
  bool mark_withheld(std::string_view id, std::string_view owner, EpochSeconds now,
                     std::string_view reason);
  bool put_back(std::string_view id, std::string_view owner, EpochSeconds next_attempt_at,
                std::string_view reply);
  // The same of a row that was not tried, because it has to wait.
  bool hold(std::string_view id, std::string_view owner, EpochSeconds until,
            std::string_view reason);
  // Ends the lease of a row that was not tried: nothing else of it changes.
  bool release(std::string_view id, std::string_view owner);

  // A sent mail has come back. False: there is none of that id, or it was not sent.
  bool mark_bounced(std::string_view id, EpochSeconds now, std::string_view reply);

  // When the newest row of that registration was made; 0: none. For the cool-down of 再送.
  EpochSeconds newest(std::string_view registration_id);
  // That row. For 申請完了画面, which says when a mail could not be delivered.
  std::optional<OutboxEntry> newest_row(std::string_view registration_id);

  std::vector<OutboxEntry> list(const OutboxFilter& filter);  // newest first
  // About that registration or account; newest first.
  std::vector<OutboxEntry> about(std::string_view id, int most);
  std::optional<OutboxEntry> find(std::string_view id);
  // The same where a mail server has perhaps made the id lower case.
  std::optional<OutboxEntry> find_in_any_case(std::string_view id);
  std::vector<OutboxCount> counts();  // a state without rows is not in it
  // Likewise; by an index alone, so that it may be asked for often.
  std::vector<OutboxBacklog> backlog();

  // Queued, and due at `now`, whether it was over or waiting; a lease goes on. False: there is
  // none, or it was sent.
  bool retry(std::string_view id, EpochSeconds now);
  int retry_failed(EpochSeconds now);  // all in state failed; how many

  // Queued rows are over without having been sent, also those that a mailer has leased; how many.
  int withhold_queued(EpochSeconds now, std::string_view reason);

  // Rows that are over (any state but queued) since before that, with their attempts.
  int purge(EpochSeconds done_before, int most);

 private:
  Connection& connection_;
};

}  // namespace portal
