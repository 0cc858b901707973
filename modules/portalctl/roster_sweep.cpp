// What an import says in words, and how it tidies up.
#include <array>
#include <utility>

#include "portalctl/roster_import.h"

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

portal::Result<portal::Done> sweep_roster(portal::Database& database, const Pace& pace,
                                          std::int64_t own) {
  for (;;) {
    const auto rows = pace.after([&] {
      return database.write([&](portal::Connection& connection) {
        return portal::RosterEditions(connection).sweep(own);
      });
    });
    if (!rows) return rows.error();
    if (*rows == 0) return portal::Done{};
  }
}

}  // namespace portalctl
