// Table known_device: the browsers that are known to an account, by the SHA-256 of the cookie's
// token (core/responder/known_device.h).
#pragma once

#include <string_view>

#include "core/base/clock.h"

namespace portal {

class Connection;

class KnownDevices {
 public:
  explicit KnownDevices(Connection& connection) : connection_(connection) {}

  bool knows(std::string_view account_id, std::string_view token_hash, EpochSeconds seen_since);
  // Adds the device or notes that it was seen. Of an account's devices, only those that were seen
  // last are kept, `most` of them.
  void add(std::string_view account_id, std::string_view token_hash, EpochSeconds now, int most);
  // Forgets all devices of the account except `kept`, which may be empty.
  void remove_all(std::string_view account_id, std::string_view kept);
  int purge(EpochSeconds seen_before, int most);

 private:
  Connection& connection_;
};

}  // namespace portal
