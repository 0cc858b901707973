// The mailer: takes rows of the outbox that are due, sends them, and writes down what came of it.
//
// Several may run at the same time, on any machines: rows are leased. One that dies between sending
// and writing that down sends those mails (kTogether at most) twice, with the same Message-ID; none
// is lost.
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
#include "core/view/view.h"
#include "mailer/letter.h"
#include "mailer/limits.h"
#include "mailer/mail_metrics.h"

namespace portal {

inline constexpr EpochSeconds kLease = 2 * kMinute;
inline constexpr int kBatch = 20;  // rows of one lease
// Rows that are prepared, and settled, in one transaction: a commit waits for the disk, which takes
// longer than all the rest.
inline constexpr std::size_t kTogether = 5;
// What was prepared longer ago and not sent is prepared again: a link's hour starts with it.
inline constexpr EpochSeconds kFresh = 2;

// How long to wait after the attempt with that number (from 1) has failed for the time being.
EpochSeconds retry_delay(int attempt);

class Mailer {
 public:
  struct Parts {
    Database& database;
    const View& view;
    mail::Transport& transport;
    MailMetrics& metrics;
    std::string base_url;
    std::string from;   // mail::valid_address()
    std::string owner;  // of the leases: unique to this process
    MailLimits limits;
    Clock clock = system_now;
    std::ostream* echo = nullptr;  // gets the text of each mail that was delivered
    std::string bounces = {};      // mail.bounces; empty: mails come back to `from`
  };

  explicit Mailer(Parts parts) : parts_(std::move(parts)) {}

  enum class Round {
    kWorked,  // there may be more that is due
    kNothingDue,
    kStopped,  // by `stopping`; what was leased and not sent is given back
    kPaused,   // the mail server refuses us
    kNoDatabase,
  };
  // One batch. `stopping` is asked before each row.
  Round round(const std::function<bool()>& stopping);

 private:
  Round send_leased(const std::vector<OutboxRow>& rows, EpochSeconds leased_at,
                    const std::function<bool()>& stopping);
  struct Progress {
    Round round;
    std::size_t rows;  // how many are over; the others were not tried
  };
  // Sends rows from the first on; what came of them is written down and logged.
  Progress send_group(std::span<const OutboxRow> group, const std::function<bool()>& stopping);
  Result<std::vector<LetterPlan>> plan(std::span<const OutboxRow> group, EpochSeconds now);

  // How the lease of a row ends: `mark` is false if it was lost. An attempt without an outcome is
  // none.
  struct Ending {
    std::string id;
    MailAttempt attempt;
    std::function<bool(Outbox&)> mark;
  };
  // Does what was planned.
  Ending carry_out(const OutboxRow& row, const LetterPlan& plan);
  mail::Outcome send(const OutboxRow& row, const Letter& letter);
  Ending settled(const OutboxRow& row, const mail::Outcome& outcome) const;
  Ending withheld(const OutboxRow& row, const NotNeeded& not_needed) const;
  Ending held(const OutboxRow& row, const Held& held) const;
  Ending released(const OutboxRow& row) const;
  void end_leases(std::span<const Ending> endings);

  // Logged when it changes, not at each poll.
  Round database_away(const Error& error);
  void database_back();

  Parts parts_;
  bool database_away_ = false;
  EpochSeconds paused_until_ = 0;
};

}  // namespace portal
