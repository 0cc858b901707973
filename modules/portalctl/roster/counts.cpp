#include "portalctl/roster/counts.h"

#include <array>
#include <string_view>
#include <utility>

namespace portalctl {

std::string in_words(const RosterCounts& counts) {
  const std::array<std::pair<std::int64_t, std::string_view>, 6> parts = {
      {{counts.added, "new"},
       {counts.changed, "changed"},
       {counts.closed, "closed"},
       {counts.reopened, "reopened"},
       {counts.unchanged, "unchanged"},
       {counts.quarantined, "in quarantine"}}};
  std::string words;
  for (const auto& [count, name] : parts) {
    words.append(words.empty() ? "" : ", ").append(std::to_string(count)).append(" ").append(name);
  }
  return words;
}

}  // namespace portalctl
