// Table mailer_heartbeat: when a mailer of each machine was last heard of. A mailer that was
// stopped, hangs or has lost the database says nothing itself; its row tells how long ago it
// worked.
//
// Mailers of one machine share its row. The times are the database's own, since machines' clocks
// may differ.
#pragma once

#include <string>
#include <vector>

#include "core/base/clock.h"

namespace portal {

class Connection;

struct MailerHeartbeat {
  std::string host;
  EpochSeconds age = 0;  // how long ago the mailer there was heard of; never negative
};

// A machine whose mailer was not heard of for so long has none any more.
inline constexpr EpochSeconds kMailerForgotten = 7 * kDay;
// A mailer that lives beats every 20 s, also while it waits for a slow relay (kLongestDelivery).
inline constexpr EpochSeconds kMailerSilent = 3 * kMinute;

class MailerHeartbeats {
 public:
  explicit MailerHeartbeats(Connection& connection) : connection_(connection) {}
  // Records that the mailer of this machine works, and forgets machines that have none any more.
  void beat(std::string_view host);
  // Of all machines, the one last heard of first.
  std::vector<MailerHeartbeat> list();

 private:
  EpochSeconds now();
  Connection& connection_;
};

}  // namespace portal
