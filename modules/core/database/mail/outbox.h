// Table outbox: mails that are to be sent. A row is committed together with the change that causes
// it.
//
// A mailer leases rows, so that two mailers never send the same row at the same time. The lease of
// a dead mailer runs out. The mail itself (and its link) is composed when it is sent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/database/mail/mail_obstacle.h"
#include "core/database/mail/mail_state.h"
#include "core/mail/mail_fault.h"
#include "core/registration/registration_number.h"

namespace portal {

class Connection;

struct OutboxRow {
  std::string id;               // also the local part of the Message-ID
  std::string kind;             // name_of(MailKind), or one that a newer version queued
  std::string registration_id;  // for the kind `listed`, the id of the waiting entry
  std::string recipient;
  EpochSeconds created_at = 0;
  EpochSeconds next_attempt_at = 0;
  int attempts = 0;             // the number of attempts that have ended before
  std::string account_id = {};  // if the mail is about an account; else empty
  std::string network = {};     // Client::network() of who caused it; empty if there is none
  std::string request_id = {};  // of the request that queued it; empty: none did
  // The hash of the cookie `device` of who asked for the mail; empty: there is none, or no limit
  // asks. Only the mailer reads it.
  std::string device = {};
  // The rest is only read.
  std::string fault = {};  // name_of(MailFault) of the last attempt; empty: none
  int blocked = 0;         // how many of the attempts the relay refused because of the portal
  int passed_over = 0;     // how often the relay took another mail after it had refused this one
};

// A row as operators see it, in any state.
struct OutboxEntry : OutboxRow {
  std::string state;         // one of kMailStates
  EpochSeconds done_at = 0;  // the time of the state; 0 while queued
  std::string last_reply;    // of the mail server, or why nothing was sent; may contain addresses
  std::string letter;        // name_of(MailKind) of what the last attempt carried; empty: nothing
                             // was tried, or an earlier version did not note it
  std::string obstacle;      // name_of(MailObstacle); empty: none

  // True if the recipient does not get the mail for a reason of his own, or for one that nobody
  // knows, and so has to do something. Never true if the portal or its relay is at fault.
  bool undeliverable() const {
    const MailFault why = find_mail_fault(fault);
    if (state == name_of(MailState::kQueued)) return why == MailFault::kMailboxFull;
    const bool ended = state == name_of(MailState::kBounced) ||
                       (state == name_of(MailState::kFailed) && attempts > 0);
    // A mailer of an earlier version notes no fault.
    return ended && (of_recipient(why) || why == MailFault::kUnclear || why == MailFault::kNone);
  }
};

// What a mailer finds out about a row when it comes to send it.
struct OutboxFinding {
  std::string letter;    // OutboxEntry::letter
  std::string obstacle;  // OutboxEntry::obstacle
  // Whom the letter turned out to be about; empty: as the row says.
  std::string registration_id = {};
  std::string account_id = {};
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
  EpochSeconds first_due = 0;  // their earliest next_attempt_at
};

class Outbox {
 public:
  explicit Outbox(Connection& connection) : connection_(connection) {}
  void add(const OutboxRow& row);
  // Those that requests queued whose id begins so, the newest first.
  std::vector<OutboxEntry> of_request(const std::string& prefix, int most);

  // Leases at most `most` rows that are due to `owner`, for `lease` seconds. Rows that have been
  // due longest come first.
  std::vector<OutboxRow> lease(std::string_view owner, EpochSeconds now, EpochSeconds lease,
                               int most);
  // Leases the one row that was tried least, to find out whether the relay takes mails again.
  std::vector<OutboxRow> lease_least_tried(std::string_view owner, EpochSeconds now,
                                           EpochSeconds lease);

  // These end a lease. Only its owner may do so: they return false if it has lost the lease
  // meanwhile.
  bool mark_sent(std::string_view id, std::string_view owner, EpochSeconds now,
                 std::string_view reply);
  bool mark_failed(std::string_view id, std::string_view owner, EpochSeconds now,
                   std::string_view reply,
                   MailFault fault = MailFault::kUnclear);  // no further attempt
  bool mark_withheld(std::string_view id, std::string_view owner, EpochSeconds now,
                     std::string_view reason);
  bool put_back(std::string_view id, std::string_view owner, EpochSeconds next_attempt_at,
                std::string_view reply, MailFault fault = MailFault::kNone);
  // The same for an attempt that the relay refused because of the portal.
  bool put_back_blocked(std::string_view id, std::string_view owner, EpochSeconds next_attempt_at,
                        std::string_view reply);
  // The same for a row that was not tried because it has to wait.
  bool hold(std::string_view id, std::string_view owner, EpochSeconds until,
            std::string_view reason);
  // Ends the lease of a row that was not tried, and changes nothing else.
  bool release(std::string_view id, std::string_view owner);
  // After the clock was set back to `now`: what began to wait at a later time is due now, and a
  // lease that is longer than `lease` ends as one that begins now. Returns how many were changed.
  int mend_times(EpochSeconds now, EpochSeconds lease);

  // Notes it of a row, in the transaction that ends its lease.
  void note(std::string_view id, const OutboxFinding& finding);

  // Records that a sent mail has come back. False if there is no such row or it was not sent.
  bool mark_bounced(std::string_view id, EpochSeconds now, std::string_view reply,
                    MailFault fault = MailFault::kUnclear);

  // When the registration's newest mail was queued that it asked for itself, for the cool-down of
  // 再送: who asks for a new password with its address must not hold it up. 0 if there is none.
  EpochSeconds newest(std::string_view registration_id);
  // That row, for 申請完了画面, which says if a mail could not be delivered.
  std::optional<OutboxEntry> newest_row(std::string_view registration_id);

  std::vector<OutboxEntry> list(const OutboxFilter& filter);  // newest first
  // Rows about a registration or an account, newest first.
  std::vector<OutboxEntry> about(std::string_view id, int most);
  std::optional<OutboxEntry> find(std::string_view id);
  // The same for an id that a mail server may have made lower case.
  std::optional<OutboxEntry> find_in_any_case(std::string_view id);
  std::vector<OutboxCount> counts();  // without states that have no row
  // The same from an index alone, so that it may be called often.
  std::vector<OutboxBacklog> backlog();

  // Queues a row again and makes it due at `now`, whether it had ended or was waiting. A lease goes
  // on. False if there is no such row or it was sent.
  bool retry(std::string_view id, EpochSeconds now);
  // The same for all failed rows, or all that wait; return their number.
  int retry_failed(EpochSeconds now);
  int retry_waiting(EpochSeconds now);

  // Withholds all queued rows, also those that a mailer has leased. Returns their number.
  int withhold_queued(EpochSeconds now, std::string_view reason, MailObstacle obstacle);

  // Withholds the queued activation mails of one registration: they would go to an address that is
  // not its own any more. Leaves those that a mailer has leased, or is leasing right now: it looks
  // at the registration itself before it sends one, and what it has sent was not withheld. So the
  // caller, who has changed the registration, never waits for a mailer that waits for it.
  int withhold_activations(std::string_view registration_id, EpochSeconds now,
                           std::string_view reason, MailObstacle obstacle);

  // Removes rows that ended (any state but queued) before a time, with their attempts.
  int purge(EpochSeconds done_before, int most);

 private:
  Connection& connection_;
};

}  // namespace portal
