#include "portalctl/roster/tidying.h"

namespace portalctl {

portal::Result<portal::Done> tidy_quarantine(
    portal::Database& database, const BatchPause& pause, std::int64_t number,
    const std::function<bool(const portal::QuarantinedRow&)>& brought) {
  constexpr int kMost = 256;
  // Each batch is one transaction.
  const auto batch = [&](const auto& function) {
    return pause.after([&] {
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

portal::Result<portal::Done> sweep_roster(portal::Database& database, const BatchPause& pause,
                                          std::int64_t own) {
  for (;;) {
    const auto rows = pause.after([&] {
      return database.write([&](portal::Connection& connection) {
        return portal::RosterEditions(connection).sweep(own);
      });
    });
    if (!rows) return rows.error();
    if (*rows == 0) return portal::Done{};
  }
}

}  // namespace portalctl
