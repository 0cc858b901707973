// The pause of the whole queue: when the relay seems to refuse the portal and not single mails,
// nothing is sent, and nothing is given up, until the relay takes a mail again.
//
// The queue pauses for kQueuePause
//   - when the relay says that it refuses the portal (MailFault::kOurs), at any stage;
//   - when it refuses mails to kRefusedInARow different recipients, in whatever words, and takes
//     none between them. Those of them that have failed are queued again.
// When the time is over, one mailer sends one mail, the probe: the one that was tried least, so
// that a mail which is refused for its own sake is not tried again and again. The queue opens if
// the relay takes the probe, or refuses it clearly because of its recipient. Otherwise the pause
// goes on.
//
// One bad mail must not stop the others. If the relay takes another mail after it has refused this
// one, the refusal may have been the mail's own; after kPassedOver times it is taken for that: it
// delays only this mail, as any doubtful refusal does, and no longer counts for a pause.
//
// Everything here runs in a write transaction and changes nothing but the database, so all mailers
// of all machines follow it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/database/mail/outbox.h"
#include "core/mail/transport.h"

namespace portal {

class Connection;

inline constexpr EpochSeconds kLease = 2 * kMinute;
inline constexpr int kBatch = 20;  // rows of one lease

inline constexpr int kRefusedInARow = 3;
inline constexpr int kPassedOver = 2;

struct LeasedRows {
  std::vector<OutboxRow> rows;
  bool paused = false;
  bool probe = false;  // the queue is paused, and the one row finds out whether it can open
};
LeasedRows lease_rows(Connection& connection, std::string_view owner, EpochSeconds now);

// True if another mailer has paused the queue.
bool is_paused(Connection& connection);

// The outcome as this row has to take it: what the relay says of the portal is doubtful if it takes
// other mails meanwhile.
mail::Outcome seen_for_row(const OutboxRow& row, mail::Outcome outcome);

// Draws the conclusions of the queue from the outcome of seen_for_row() for the row, which must be
// recorded before. Returns true if the queue is paused afterwards.
bool conclude(Connection& connection, const OutboxRow& row, const mail::Outcome& outcome,
              bool probe, EpochSeconds now);

// The probe was not sent, so another one may be.
void give_back_probe(Connection& connection, EpochSeconds now);

}  // namespace portal
