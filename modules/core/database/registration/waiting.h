// Table waiting: who wants to be told when a clinic is in the roster.
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
  std::string id;  // token_hash() of the link that takes it back
  RegistrationNumber number;
  std::string email;      // as typed
  std::string email_key;  // canonical; with the number unique
  std::string network;    // client_network() of who asked
  EpochSeconds created_at = 0;
  EpochSeconds notified_at = 0;  // 0: the clinic is not in the roster yet
};

class Waiting {
 public:
  explicit Waiting(Connection& connection) : connection_(connection) {}

  // In place of an entry of the same number and address, whose id is then good for nothing.
  void put(const WaitingEntry& entry);
  std::optional<WaitingEntry> find(std::string_view id);
  // Of that address or number, of which one may be empty; newest first.
  std::vector<WaitingEntry> of(std::string_view email_key,
                               const std::optional<RegistrationNumber>& number, int most);

  // Entries whose clinic has come into the roster and who were not told yet; marked as told now.
  std::vector<WaitingEntry> take_listed(EpochSeconds now, int most);

  bool remove(std::string_view id);  // false: there is none
  int remove_all(std::string_view email_key);
  int purge(EpochSeconds created_before, int most);

 private:
  Connection& connection_;
};

}  // namespace portal
