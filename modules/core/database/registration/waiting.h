// Table waiting: the people who want to be told when a clinic is in the roster.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/registration/registration_number.h"

namespace portal {

class Connection;

struct WaitingEntry {
  std::string id;  // token_hash() of the link that withdraws the request
  RegistrationNumber number;
  std::string email;      // as typed
  std::string email_key;  // canonical; unique together with the number
  std::string network;    // Client::network() of who asked; empty if there is none
  EpochSeconds created_at = 0;
  EpochSeconds notified_at = 0;  // 0 while the clinic is not in the roster
};

// Some of the entries, in the order of their ids.
struct WaitingPart {
  std::string after;     // the id of the entry before the first; empty: there is none
  std::string last;      // the id of the last; empty: it has none
  int entries = 0;       // how many it has
  bool has_due = false;  // take_listed() would return one
};

class Waiting {
 public:
  explicit Waiting(Connection& connection) : connection_(connection) {}

  // Adds an entry. It replaces an entry with the same number and address, whose id no longer works.
  void put(const WaitingEntry& entry);
  std::optional<WaitingEntry> find(std::string_view id);
  // The entries of an address or a number, newest first. One of the two may be empty.
  std::vector<WaitingEntry> of(std::string_view email_key,
                               const std::optional<RegistrationNumber>& number, int most);

  // Looks at the `most` entries that follow the id `after`. It only reads.
  WaitingPart look(std::string_view after, int most);
  // Returns entries of the part whose clinic has come into the roster and who were not told yet,
  // and marks them as told now.
  std::vector<WaitingEntry> take_listed(EpochSeconds now, const WaitingPart& part, int most);

  bool remove(std::string_view id);  // false if there is none
  int remove_all(std::string_view email_key);
  int purge(EpochSeconds created_before, int most);

 private:
  Connection& connection_;
};

}  // namespace portal
