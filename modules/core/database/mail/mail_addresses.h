// Tables mail_address and stop_link: how much mail an address gets that others cause by entering
// it, and whether its owner has said 「心当たりがない」.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"

namespace portal {

class Connection;

// The link in one sending of one mail.
struct StopLink {
  std::string token_hash;
  std::string outbox_id;
  std::string email_key;        // whose mail it stops
  std::string registration_id;  // what it cancels
  EpochSeconds sent_at = 0;
};

class MailAddresses {
 public:
  explicit MailAddresses(Connection& connection) : connection_(connection) {}

  // Until when the address gets no such mail; 0: it may. Nobody else prepares a mail to it before
  // this transaction is over.
  EpochSeconds prepare(std::string_view email_key, EpochSeconds now);
  // Whether that row of the outbox was prepared before.
  bool was_prepared(std::string_view email_key, std::string_view outbox_id);
  // How many mails to it were prepared from `since` on, not counting that row of the outbox: a mail
  // that is tried ten times is one.
  std::int64_t prepared_since(std::string_view email_key, EpochSeconds since,
                              std::string_view but_outbox_id);

  void add_link(const StopLink& link);
  std::optional<StopLink> find_link(std::string_view token_hash);

  void stop(std::string_view email_key, EpochSeconds now, EpochSeconds until);
  bool resume(std::string_view email_key);                 // false: it was not stopped
  EpochSeconds stopped_until(std::string_view email_key);  // 0: never stopped

  // Links from before, and addresses last prepared before which are not stopped at `now`.
  int purge_links(EpochSeconds sent_before, int most);
  int purge(EpochSeconds prepared_before, EpochSeconds now, int most);

 private:
  Connection& connection_;
};

}  // namespace portal
