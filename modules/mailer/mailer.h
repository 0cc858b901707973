// The mailer: takes rows of the outbox that are due, sends them, and writes down what came of it.
//
// Several may run at the same time, on any machines: rows are leased. One that dies between sending
// and writing that down sends the mail twice, with the same Message-ID; none is lost.
#pragma once

#include <functional>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/database/database.h"
#include "core/database/outbox.h"
#include "core/mail/transport.h"
#include "core/view/view.h"
#include "mailer/letter.h"

namespace portal {

inline constexpr EpochSeconds kLease = 2 * kMinute;
inline constexpr EpochSeconds kPause = kMinute;    // of the queue, when the server refuses us
inline constexpr EpochSeconds kMostTrying = kDay;  // then a mail that cannot be sent fails for good
inline constexpr int kBatch = 20;

// How long to wait after the attempt with that number (from 1) has failed for the time being.
EpochSeconds retry_delay(int attempt);

class Mailer {
 public:
  struct Parts {
    Database& database;
    const View& view;
    mail::Transport& transport;
    std::string base_url;
    std::string from;   // mail::valid_address()
    std::string owner;  // of the leases: unique to this process
    Clock clock = system_now;
    std::ostream* echo = nullptr;  // gets the text of each mail that was delivered
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
  Round work_off(const std::vector<OutboxRow>& rows, EpochSeconds leased_at,
                 const std::function<bool()>& stopping);
  // Sends one row; what came of it is written down and logged.
  Round handle(const OutboxRow& row);
  mail::Outcome send(const OutboxRow& row, const Letter& letter);
  void settle(const OutboxRow& row, const mail::Outcome& outcome);
  void close_row(const OutboxRow& row, std::string_view reason);
  void give_back(std::span<const OutboxRow> rows);
  template <class F>
  void end_lease(const OutboxRow& row, const F& mark);

  // Logged when it changes, not at each poll.
  Round database_away(const Error& error);
  void database_back();

  Parts parts_;
  bool database_away_ = false;
  EpochSeconds paused_until_ = 0;
};

}  // namespace portal
