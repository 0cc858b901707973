// Table activation_link: the tokens of activation mails. Each sending adds one (contract.md §4).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/registration/policy.h"

namespace portal {

class Connection;

struct ActivationLink {
  std::string token_hash;
  std::string registration_id;
  EpochSeconds sent_at = 0;
  int failed_attempts = 0;

  bool usable(EpochSeconds now) const {
    return now < sent_at + kLinkLifetime && failed_attempts < kLinkAttempts;
  }
};

class ActivationLinks {
 public:
  explicit ActivationLinks(Connection& connection) : connection_(connection) {}
  void add(const ActivationLink& link);
  std::optional<ActivationLink> find(std::string_view token_hash);
  std::vector<ActivationLink> of_registration(std::string_view id);  // newest first
  // No link of the registration works any more, as after too many wrong passwords: they were sent
  // to an address that is not its own.
  void end_all(std::string_view registration_id);
  // Call it before the password is checked: it uses up one attempt, so that simultaneous tries
  // cannot use more attempts than there are. Returns the number of attempts used, or nothing if
  // none was left.
  std::optional<int> take_attempt(std::string_view token_hash);
  // One that was taken: whether the password was right could not be found out, or was of no use.
  void give_back_attempt(std::string_view token_hash);

 private:
  Connection& connection_;
};

}  // namespace portal
