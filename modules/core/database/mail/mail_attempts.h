// Table mail_attempt: everything that was tried with a mail, so that its whole story can be told.
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
  std::string outcome;  // delivered, try_later, refused, blocked, held, withheld, bounced
  std::string reply;    // the mail server's words, or ours; may name addresses
};

class MailAttempts {
 public:
  explicit MailAttempts(Connection& connection) : connection_(connection) {}
  // `id`: draw_id(). The row of the outbox must be there; its attempts go with it.
  void add(std::string_view id, const MailAttempt& attempt);
  std::vector<MailAttempt> of(std::string_view outbox_id);  // oldest first

 private:
  Connection& connection_;
};

}  // namespace portal
