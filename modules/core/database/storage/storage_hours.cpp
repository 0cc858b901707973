#include "core/database/storage/storage_hours.h"

#include <algorithm>

#include "core/database/engine/columns.h"
#include "core/database/journal/timeline_events.h"

namespace portal {
namespace {

constexpr std::int64_t kSince = 10;  // the migration that makes the table
constexpr EpochSeconds kKnown = 2 * kHour;

const Columns<StorageHour> kColumns = {
    {"store", &StorageHour::store},
    {"hour", &StorageHour::hour},
    {"row_count", &StorageHour::row_count},
    {"not_kept", &StorageHour::not_kept},
};

const std::string kNote =
    kColumns.insert_into("storage_hour") + "ON CONFLICT (store, hour) DO UPDATE SET row_count = $3";
const std::string kCount = kColumns.insert_into("storage_hour") +
                           "ON CONFLICT (store, hour) DO UPDATE SET not_kept = "
                           "storage_hour.not_kept + $4 RETURNING not_kept";
const std::string kMeasured =
    "SELECT COUNT(*) FROM storage_hour WHERE store = $1 AND hour = $2 AND row_count >= 0";
const std::string kNewest =
    "SELECT row_count FROM storage_hour WHERE store = $1 AND hour >= $2 AND row_count >= 0 "
    "ORDER BY hour DESC LIMIT 1";
const std::string kSinceHour =
    kColumns.select_from("storage_hour") + "WHERE hour >= $1 ORDER BY hour, store";
const std::string kPurge =
    "DELETE FROM storage_hour WHERE (store, hour) IN "
    "(SELECT store, hour FROM storage_hour WHERE hour < $1 LIMIT $2)";

EpochSeconds hour_of(EpochSeconds at) {
  return at - at % kHour;
}

// The rows of the store, of which at most `most` are counted. Only two tables have a window, and
// each an index for it.
std::int64_t rows_of(Connection& connection, const StoreKind& kind, EpochSeconds now,
                     std::int64_t most) {
  const std::string counted = "SELECT COUNT(*) FROM (SELECT 1 FROM " + std::string(kind.table);
  if (kind.alarm.window == 0) return connection.number(counted + " LIMIT $1) AS counted", {most});
  const EpochSeconds since = now - kind.alarm.window;
  if (kind.table == "event") {
    return connection.number(counted + " WHERE id >= $1 LIMIT $2) AS counted",
                             {event_id(since, ""), most});
  }
  return connection.number(counted + " WHERE account_id = '' AND at >= $1 LIMIT $2) AS counted",
                           {since, most});
}

}  // namespace

bool StorageHours::there() const {
  return connection_.schema() >= kSince;
}

std::int64_t StorageHours::measure(Store store, EpochSeconds now) {
  const StoreKind& kind = store_kind(store);
  const std::int64_t rows = rows_of(connection_, kind, now, kind.alarm.most + 1);
  connection_.execute(kNote, kColumns.values({std::string(kind.name), hour_of(now), rows, 0}));
  return rows;
}

bool StorageHours::is_measured(Store store, EpochSeconds now) {
  return connection_.number(kMeasured, {store_kind(store).name, hour_of(now)}) > 0;
}

bool StorageHours::is_full(Store store, EpochSeconds now) {
  const StoreKind& kind = store_kind(store);
  const auto newest = connection_.select(kNewest, 1, {kind.name, hour_of(now) - kKnown});
  return !newest.empty() && Poco::NumberParser::parse64(newest.front().front()) >= kind.alarm.most;
}

std::int64_t StorageHours::count_not_kept(Store store, EpochSeconds now, std::int64_t rows) {
  const std::string name(store_kind(store).name);
  return connection_.number(kCount, kColumns.values({name, hour_of(now), -1, rows}));
}

std::vector<StoreSize> StorageHours::sizes(EpochSeconds now, EpochSeconds past) {
  std::vector<StoreSize> sizes;
  for (const StoreKind& kind : store_kinds()) sizes.push_back({&kind});
  if (!there()) return sizes;
  for (const StorageHour& hour : kColumns.all(connection_, kSinceHour, {hour_of(now - past)})) {
    const auto size =
        std::ranges::find(sizes, hour.store, [](const StoreSize& own) { return own.kind->name; });
    if (size == sizes.end()) continue;  // a newer version has it
    if (hour.row_count >= 0) size->rows = hour.row_count;
    size->not_kept += hour.not_kept;
  }
  return sizes;
}

int StorageHours::purge(EpochSeconds before, int most) {
  return static_cast<int>(connection_.execute(kPurge, {before, most}));
}

}  // namespace portal
