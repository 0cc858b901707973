// The probe of what strangers can fill: whether a store has reached the number that raises the
// alarm, and what was only counted in the last day.
#include <algorithm>
#include <string>

#include "core/database/database.h"
#include "core/database/storage/storage_hours.h"
#include "portalctl/check/probe.h"

namespace portalctl {
namespace {

using portal::StoreSize;

std::string megabytes(std::int64_t rows, const portal::StoreKind& kind) {
  constexpr std::int64_t kMegabyte = 1'000'000;
  return std::to_string(rows * kind.row_bytes / kMegabyte) + " MB";
}

void look_at(const StoreSize& size, Findings& findings) {
  const auto& kind = *size.kind;
  const std::string name(kind.name);
  if (size.rows >= kind.alarm.most) {
    findings.push_back(
        warning(name + ": " + std::to_string(kind.alarm.most) + " rows or more in " +
                    std::string(kind.table) + (kind.alarm.window > 0 ? " in a day" : "") +
                    ", about " + megabytes(kind.alarm.most, kind) + ": " +
                    std::string(kind.beyond) + ": see retention.md",
                kind.store == portal::Store::kAudit
                    ? "portalctl audit archive --before DATE FILE"
                    : "journalctl -u 'portal-*' -S -1h | grep -E 'storage_|throttled'"));
  }
  if (size.not_kept > 0) {
    findings.push_back(
        warning(name + ": " + std::to_string(size.not_kept) +
                    " rows of the last day were only counted, because a network, or all together, "
                    "wrote more than they may: see retention.md",
                "journalctl -u 'portal-*' -S -1d | grep storage_bounded"));
  }
}

}  // namespace

Findings probe_storage(const Subject& subject) {
  portal::Database database(subject.settings, portal::Durability::kFull, 1, subject.patience);
  const auto now = database.now();
  const auto sizes = database.read([&](portal::Connection& connection) {
    return portal::StorageHours(connection).sizes(now, portal::kDay);
  });
  if (!sizes) return {unknown("it cannot be read, see database", "portalctl check")};
  Findings findings;
  for (const StoreSize& size : *sizes) look_at(size, findings);
  if (!findings.empty()) return findings;
  const auto fullest = std::ranges::max_element(*sizes, {}, &StoreSize::fill);
  return {ok("nothing is near its ceiling; the nearest is " + std::string(fullest->kind->name) +
             ", " + std::to_string(fullest->rows) + " of " +
             std::to_string(fullest->kind->alarm.most) + " rows")};
}

}  // namespace portalctl
