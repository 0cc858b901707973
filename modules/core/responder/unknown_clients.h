// Counts the requests whose client a trusted proxy named in a way that nobody can read, and tells
// the log of them: at most once a minute, because one wrong setting of a proxy spoils every
// request.
#pragma once

#include <cstdint>
#include <mutex>
#include <string_view>

#include "core/base/clock.h"

namespace portal {

class UnknownClients {
 public:
  // By any thread. `peer` is the proxy, `entry` what it said.
  void add(EpochSeconds now, std::string_view peer, std::string_view entry);
  std::uint64_t count() const;

 private:
  mutable std::mutex mutex_;
  std::uint64_t count_ = 0;
  std::uint64_t told_ = 0;  // how many of them the log knows
  EpochSeconds told_at_ = 0;
};

}  // namespace portal
