// A Mailer leases the rows of the outbox that are due, sends their mails, and records the outcomes.
//
// Several mailers may run at the same time, on any machines, because rows are leased. If a mailer
// dies after it sent mails and before it recorded that, these mails (at most kTogether) are sent
// twice, with the same Message-ID; none is lost.
#pragma once

#include <algorithm>
#include <functional>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/clock.h"
#include "core/database/database.h"
#include "core/database/mail/mail_attempts.h"
#include "core/database/mail/outbox.h"
#include "core/mail/transport.h"
#include "core/queue/mail_limits.h"
#include "core/view/view.h"
#include "mailer/letter_choice.h"
#include "mailer/mail_metrics.h"
#include "mailer/queue_pause.h"

namespace portal {

// How many rows are planned in one transaction, and recorded in the next, which plans those that
// follow: a commit waits for the disk, which takes longer than all the rest.
inline constexpr std::size_t kTogether = 5;
// A mail that was planned longer ago and not yet sent is planned again, because the hour of its
// link begins when it is planned.
inline constexpr EpochSeconds kFresh = 2;

// The wait after an attempt that failed for the time being. The first attempt has number 1.
EpochSeconds retry_delay(int attempt);

class Mailer {
 public:
  struct Parts {
    Database& database;
    const View& view;
    mail::Transport& transport;
    MailMetrics& metrics;
    std::string base_url;
    std::string from;   // the address of mail.from
    std::string owner;  // of the leases: unique to this process
    MailLimits limits;
    Clock clock = system_now;
    std::ostream* echo = nullptr;  // gets the text of each mail that was delivered
    std::string bounces = {};      // mail.bounces; empty: mails come back to `from`
    std::string from_name = {};
  };

  explicit Mailer(Parts parts) : parts_(std::move(parts)) {}

  enum class Round {
    kWorked,  // there may be more that is due
    kNothingDue,
    kStopped,  // `stopping` was true; the rows that were not sent are released
    kPaused,   // the mail server seems to refuse the portal (queue_pause.h)
    kNoDatabase,
  };
  // Sends one batch. `stopping` is called before each row, or before those that the transport takes
  // together.
  Round round(const std::function<bool()>& stopping);
  // The last round leased as many rows as a round may: more of them may be waiting already.
  bool backlog() const { return backlog_; }

 private:
  // What becomes of the first rows of those that are left.
  struct Plans {
    std::vector<LetterPlan> letters;  // empty: the queue was paused meanwhile
    EpochSeconds at = 0;
  };
  // The rows of one lease.
  struct Batch {
    LeasedRows leased;
    EpochSeconds at = 0;
    std::size_t done = 0;             // rows; the others were not tried
    std::optional<Plans> plans = {};  // nothing: the next group is not planned yet
    std::span<const OutboxRow> left() const { return std::span(leased.rows).subspan(done); }
    std::span<const OutboxRow> group() const {
      return left().first(std::min(left().size(), kTogether));
    }
    // Stops early enough that no slow server keeps a row until another mailer may lease it.
    bool over(EpochSeconds now) const {
      return now - at > kLease - mail::kLongestDelivery - kFresh;
    }
  };
  // Leases rows and plans the first group, in one transaction.
  Result<Batch> lease();
  Round send_leased(Batch& batch, const std::function<bool()>& stopping);
  // Sends the mails of the next group, beginning with the first, and records and logs the outcomes.
  // Ends after a refusal, because the next mail depends on what it means.
  Round send_group(Batch& batch, const std::function<bool()>& stopping);
  Plans plan(Connection& connection, std::span<const OutboxRow> group, bool probe) const;
  // Plans the next group in a transaction of its own, or its first row alone.
  Result<Plans> plan_apart(const Batch& batch);
  Round not_prepared(Batch& batch, const Error& error);

  // How the lease of a row ends. `mark` returns false if the lease was lost. An attempt without an
  // outcome is not recorded, nor what was found out.
  struct Ending {
    std::string id;
    MailAttempt attempt;
    OutboxFinding finding;
    std::function<bool(Outbox&)> mark;
    // Whether the queue is paused afterwards. Empty: the mail was not sent, so nothing follows.
    std::function<bool(Connection&)> conclude = {};
    bool refused = false;
    std::string request_id = {};  // of the row
  };
  // A planned mail on its way to the transport.
  struct Mail {
    const OutboxRow& row;
    const LetterPlan& plan;
    mail::Parcel parcel = {};
    std::string text = {};                      // for parts_.echo
    std::optional<mail::Outcome> outcome = {};  // nothing: not handed over
    const Letter* letter() const { return std::get_if<Letter>(&plan.choice); }
  };
  // Sends the mails or does not, as planned. Returns the endings of the first; the others were not
  // tried.
  std::vector<Ending> carry_out(std::span<const OutboxRow> rows, std::span<const LetterPlan> plans,
                                bool probe);
  // Makes the parcel, or sets why there is none.
  void write(Mail& mail) const;
  void hand_over(std::span<Mail> mails);
  Ending sent(const Mail& mail, bool probe);
  // `letter`: null if it could not be chosen.
  Ending settled(const OutboxRow& row, const Letter* letter, const mail::Outcome& outcome,
                 bool probe) const;
  Ending obstructed(const OutboxRow& row, const Obstruction& why, bool probe) const;
  Ending released(const OutboxRow& row, bool probe) const;
  struct Ended {
    std::vector<const Ending*> lost;
    bool paused = false;  // the queue, afterwards
  };
  static Ended end_leases(Connection& connection, std::span<const Ending> endings);
  // Returns true if the queue is paused afterwards.
  bool end_leases(std::span<const Ending> endings);
  static void tell_of_lost(const Ended& ended);
  // Ends the leases of what was tried, and plans the next group in the same transaction.
  Round end_group(Batch& batch, std::span<const Ending> endings, Round result);

  // Both write a line of the log only when the state changes, not at each poll.
  Round database_away(const Error& error);
  void database_back();

  Parts parts_;
  bool database_away_ = false;
  bool backlog_ = false;
};

}  // namespace portal
