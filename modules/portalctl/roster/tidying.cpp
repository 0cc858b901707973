// What an import says in words, and how it tidies up.
#include <array>
#include <utility>

#include "portalctl/roster/importer.h"

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

portal::Result<portal::Done> tidy_quarantine(
    portal::Database& database, const Pace& pace, std::int64_t number,
    const std::function<bool(const portal::QuarantinedRow&)>& brought) {
  constexpr int kMost = 256;
  // Within a transaction of its own, so that the portal gets its turn.
  const auto batch = [&](const auto& function) {
    return pace.after([&] {
      return database.write([&](portal::Connection& connection) {
        portal::RosterQuarantine quarantine(connection);
        return function(quarantine);
      });
    });
  };
  std::int64_t last = 0;
  for (bool more = true; more;) {
    const auto rows = batch([&](portal::RosterQuarantine& quarantine) {
      auto old = quarantine.list(last, kMost);
      for (const portal::QuarantinedRow& row : old) {
        if (row.edition < number && brought(row)) quarantine.remove(row.id);
      }
      return old;
    });
    if (!rows) return rows.error();
    more = rows->size() == kMost;
    if (more) last = rows->back().id;
  }
  for (std::size_t gone = kMost; gone == kMost;) {
    const auto repeated = batch([&](portal::RosterQuarantine& quarantine) {
      return quarantine.remove_repeated(number, kMost);
    });
    if (!repeated) return repeated.error();
    gone = *repeated;
  }
  return portal::Done{};
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
