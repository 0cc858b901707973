// Table mail_attempt: every attempt to send a mail, so that its whole history can be shown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"

namespace portal {

class Connection;

struct MailAttempt {
  std::string outbox_id;
  EpochSeconds at = 0;
  std::string outcome;        // name_of(MailOutcome), or one that a newer version wrote
  std::string reply;          // of the mail server, or the mailer's reason; may contain addresses
  std::string fault = {};     // name_of(MailFault); empty: none
  std::string letter = {};    // name_of(MailKind) of what it carried; empty: nothing, or not known
  std::string obstacle = {};  // name_of(MailObstacle); empty: none
};

class MailAttempts {
 public:
  explicit MailAttempts(Connection& connection) : connection_(connection) {}
  // `id` is made by draw_id(). The row of the outbox must exist; it is removed together with its
  // attempts.
  void add(std::string_view id, const MailAttempt& attempt);
  std::vector<MailAttempt> of(std::string_view outbox_id);  // oldest first

 private:
  Connection& connection_;
};

}  // namespace portal
