// Table storage_hour: for each store that strangers can fill (core/registration/stores.h) one row
// an hour, which says how large it was, and of how many requests nothing was kept but this count.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/registration/stores.h"

namespace portal {

class Connection;

struct StorageHour {
  std::string store;  // StoreKind::name, or one that a newer version wrote
  EpochSeconds hour = 0;
  std::int64_t row_count = -1;  // the last that was measured; -1: nothing was
  std::int64_t not_kept = 0;
};

// What is known of one store.
struct StoreSize {
  const StoreKind* kind = nullptr;
  std::int64_t rows = 0;  // as measured last; one more than the alarm's number stands for any more
  std::int64_t not_kept = 0;
  // The rows by the alarm's number.
  double fill() const { return static_cast<double>(rows) / static_cast<double>(kind->alarm.most); }
};

class StorageHours {
 public:
  explicit StorageHours(Connection& connection) : connection_(connection) {}

  // False during an upgrade, before the migration that makes the table: then nothing is bounded.
  bool there() const;

  // Counts the rows of the store up to one more than its alarm's number, and notes them.
  std::int64_t measure(Store store, EpochSeconds now);
  // Whether the hour has a measure of the store.
  bool is_measured(Store store, EpochSeconds now);
  // Whether the store was at its alarm's number when it was measured last, within two hours.
  bool is_full(Store store, EpochSeconds now);
  // Counts rows that were not kept, and returns how many this hour has now.
  std::int64_t count_not_kept(Store store, EpochSeconds now, std::int64_t rows);

  // Of each store the last measure, and what was not kept in this hour and the `past` before it.
  std::vector<StoreSize> sizes(EpochSeconds now, EpochSeconds past);
  int purge(EpochSeconds before, int most);

 private:
  Connection& connection_;
};

}  // namespace portal
