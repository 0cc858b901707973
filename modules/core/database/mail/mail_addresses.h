// Tables mail_address and stop_link: how many mails an address gets because somebody entered it
// into a form, and whether its owner has pressed 「心当たりがない」. They are kept by
// mailbox_key(), so that `taro+1@` and `taro+2@` are one; callers give the address or its key.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/registration/policy.h"

namespace portal {

class Connection;

// The stop link in one sending of one mail.
struct StopLink {
  std::string token_hash;
  std::string outbox_id;
  std::string email_key;        // the address whose mail it stops
  std::string registration_id;  // the registration that it cancels
  EpochSeconds sent_at = 0;
  // Who caused the mail: a client network, or a device that the account knows. Empty: unknown.
  std::string cause = {};
  // The kind of the letter and whom it is about: what has the same says the same.
  std::string letter = {};
};

// The mails to an address that have the same cause and the same letter.
struct PreparedMails {
  std::string cause;
  std::string letter;
  std::int64_t within_hour = 0;
  std::int64_t within_day = 0;
  EpochSeconds newest = 0;
};

// An address that gets more than it should.
struct FloodedAddress {
  std::string email_key;
  std::int64_t mails = 0;
};

class MailAddresses {
 public:
  explicit MailAddresses(Connection& connection) : connection_(connection) {}

  // Returns until when the address gets no such mail, or 0 if it may get one. It locks the address,
  // so that nobody else prepares a mail to it before this transaction ends.
  EpochSeconds prepare(std::string_view email_key, EpochSeconds now);
  // True if this row of the outbox was prepared before.
  bool was_prepared(std::string_view email_key, std::string_view outbox_id);
  // The mails to the address that were prepared within a day, without this row of the outbox. A
  // mail that is tried ten times counts once; what was prepared before the clock was set back to
  // `now` does not.
  std::vector<PreparedMails> prepared(std::string_view email_key, EpochSeconds now,
                                      std::string_view but_outbox_id);
  // The addresses to which more than `limit` mails were prepared, those with the most first.
  std::vector<FloodedAddress> flooded(const Limit& limit, EpochSeconds now, int most);

  void add_link(const StopLink& link);
  std::optional<StopLink> find_link(std::string_view token_hash);

  void stop(std::string_view email_key, EpochSeconds now, EpochSeconds until);
  bool resume(std::string_view email_key);                 // false if it was not stopped
  EpochSeconds stopped_until(std::string_view email_key);  // 0 if it was never stopped

  // Remove links that were sent before a time, and addresses that were last prepared before a time
  // and are not stopped at `now`.
  int purge_links(EpochSeconds sent_before, int most);
  int purge(EpochSeconds prepared_before, EpochSeconds now, int most);

 private:
  Connection& connection_;
};

}  // namespace portal
