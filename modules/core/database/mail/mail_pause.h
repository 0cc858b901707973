// Tables mail_pause and mail_refused: whether the whole queue is paused, because the relay seems to
// refuse the portal and not single mails, and the refusals that speak for it. All mailers of all
// machines obey the pause. mailer/queue_pause.h has the rules.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"

namespace portal {

class Connection;

struct MailPause {
  EpochSeconds since = 0;
  EpochSeconds until = 0;  // then one mail is sent, to find out whether the relay takes mails again
  std::string reason;      // the relay's reply; may contain addresses
};

class MailPauses {
 public:
  explicit MailPauses(Connection& connection) : connection_(connection) {}

  std::optional<MailPause> find();  // nothing: the queue is open
  // Pauses the queue until `until`. A pause that goes on keeps its beginning. Of several mailers
  // that pause an open queue at once, only one gets true.
  bool pause(EpochSeconds now, EpochSeconds until, std::string_view reason);
  // Moves the end of a pause that is over at `now`. Of several mailers only one gets true.
  bool prolong(EpochSeconds now, EpochSeconds until);
  // See Outbox::mend_times. `longest`: the longest time that a pause, or its prolongation, has.
  bool mend_times(EpochSeconds now, EpochSeconds longest);
  // Opens the queue and forgets the refusals. False if it was not paused.
  bool end();

  // Notes that the relay has refused a mail. Returns how many different recipients were refused
  // since it took one.
  std::int64_t add_refused(std::string_view outbox_id, EpochSeconds now);
  // True if mails were refused since the relay took one, or the queue is paused.
  bool any();
  // Counts for each of these mails that the relay took another one meanwhile.
  void pass_over_refused();
  // Queues those of them again that have failed by now.
  void revive_refused(EpochSeconds next_attempt_at);

 private:
  Connection& connection_;
};

}  // namespace portal
