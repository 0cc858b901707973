// A Mailer leases the rows of the outbox that are due, sends their mails, and records the outcomes.
//
// Several mailers may run at the same time, on any machines, because rows are leased. If a mailer
// dies after it sent mails and before it recorded that, these mails (at most kTogether) are sent
// twice, with the same Message-ID; none is lost.
#pragma once

#include <functional>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
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

// How many rows are planned in one transaction, and recorded in another: a commit waits for the
// disk, which takes longer than all the rest.
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
  // Sends one batch. `stopping` is called before each row.
  Round round(const std::function<bool()>& stopping);

 private:
  Round send_leased(const LeasedRows& leased, EpochSeconds leased_at,
                    const std::function<bool()>& stopping);
  struct Progress {
    Round round;
    std::size_t rows;  // how many of the first rows are done; the others were not tried
  };
  // Sends the mails of the rows, beginning with the first, and records and logs the outcomes. Ends
  // after a refusal, because the next mail depends on what it means.
  Progress send_group(std::span<const OutboxRow> group, bool probe,
                      const std::function<bool()>& stopping);
  // No plan at all: the queue was paused meanwhile.
  Result<std::vector<LetterPlan>> plan(std::span<const OutboxRow> group, bool probe,
                                       EpochSeconds now);
  Progress not_prepared(const OutboxRow& row, const Error& error, bool probe);

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
  // Sends the mail or does not, as planned.
  Ending carry_out(const OutboxRow& row, const LetterPlan& plan, bool probe);
  mail::Outcome send(const OutboxRow& row, const Letter& letter);
  // `letter`: null if it could not be chosen.
  Ending settled(const OutboxRow& row, const Letter* letter, const mail::Outcome& outcome,
                 bool probe) const;
  Ending obstructed(const OutboxRow& row, const Obstruction& why, bool probe) const;
  Ending released(const OutboxRow& row, bool probe) const;
  // Returns true if the queue is paused afterwards.
  bool end_leases(std::span<const Ending> endings);

  // Both write a line of the log only when the state changes, not at each poll.
  Round database_away(const Error& error);
  void database_back();

  Parts parts_;
  bool database_away_ = false;
};

}  // namespace portal
