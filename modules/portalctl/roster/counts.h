// What an import of the roster counts.
#pragma once

#include <cstdint>
#include <string>

namespace portalctl {

struct RosterCounts {
  std::int64_t added = 0;
  std::int64_t changed = 0;  // renamed ones among them
  std::int64_t renamed = 0;
  std::int64_t closed = 0;
  std::int64_t reopened = 0;
  std::int64_t unchanged = 0;
  std::int64_t quarantined = 0;
  std::int64_t skipped = 0;  // blank rows, totals, repeated headers
  std::int64_t kept = 0;     // not closed: a row in quarantine has their name
  std::int64_t usable() const { return added + changed + reopened + unchanged; }
  std::int64_t differences() const { return added + changed + reopened + closed; }
};

// "400 new, 0 changed, …"
std::string in_words(const RosterCounts& counts);

}  // namespace portalctl
