// Table draft: the sealed form that the form step passes to confirm and complete (contract.md §3).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"

namespace portal {

class Connection;

struct Draft {
  std::string id;      // token_hash of the browser's token
  std::string sealed;  // seal()
  EpochSeconds expires_at = 0;
  std::string network = {};  // of the browser; empty if it is unknown
};

class Drafts {
 public:
  explicit Drafts(Connection& connection) : connection_(connection) {}
  void add(const Draft& draft);
  std::optional<Draft> find(std::string_view id, EpochSeconds now);  // unless it has expired
  void remove(std::string_view id);
  // Of that network's drafts keeps the `most` that end last, and returns how many it has removed.
  int displace(std::string_view network, std::int64_t most);
  int purge(EpochSeconds now, int most);  // removes expired drafts; returns their number

 private:
  Connection& connection_;
};

}  // namespace portal
