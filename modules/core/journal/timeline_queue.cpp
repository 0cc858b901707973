#include "core/journal/timeline_queue.h"

#include <utility>

#include "core/base/log.h"
#include "core/journal/admission.h"

namespace portal {
namespace {

// Rows beyond the ceiling of a network, of whom nobody is asked about again in the same write: so a
// flood costs a few statements, however large it is.
class Beyond {
 public:
  // True if a row before this one was refused. Then this one is counted.
  bool count(Store store, const std::optional<std::string>& network) {
    const auto found = rows_.find({store, network});
    if (found == rows_.end()) return false;
    ++found->second;
    return true;
  }
  void begin(Store store, const std::optional<std::string>& network) {
    rows_[{store, network}] = 0;
  }
  void note(Connection& connection, EpochSeconds now) const {
    for (const auto& [whose, rows] : rows_) {
      const auto& [store, network] = whose;
      if (rows > 0) count_not_kept(connection, store, now, rows, network.value_or(""));
    }
  }

 private:
  std::map<std::pair<Store, std::optional<std::string>>, std::int64_t> rows_;
};

void tell(const std::map<Store, std::int64_t>& lost) {
  for (const auto& [store, rows] : lost) {
    log::warning("event_lost", {{"store", std::string(store_kind(store).name)},
                                {"rows", std::to_string(rows)},
                                {"reason", "too many were waiting to be written"}});
  }
}

}  // namespace

void TimelineQueue::add(const Request& request, EpochSeconds now, TimelineEntry entry) {
  entry.request_id = request.id;
  log_timeline_event(request, entry);
  add({store_of(entry), request.client.network(), timeline_row(now, entry)});
}

void TimelineQueue::add(EpochSeconds now, const TimelineEntry& entry) {
  add({std::nullopt, std::nullopt, timeline_row(now, entry)});
}

void TimelineQueue::add(Waiting waiting) {
  const std::lock_guard lock(mutex_);
  if (waiting_.size() < kMost) {
    waiting_.push_back(std::move(waiting));
  } else {
    ++lost_[waiting.store.value_or(Store::kTimeline)];
  }
}

void TimelineQueue::write(Database& database) {
  const auto now = std::chrono::steady_clock::now();
  if (now < not_before_) return;
  if (!write_now(database)) not_before_ = now + kPause;
}

void TimelineQueue::write_last(Database& database) {
  const auto written = write_now(database);
  if (written) return;
  log::warning("event_lost",
               {{"rows", std::to_string(waiting_.size())}, {"reason", written.error().message}});
}

Result<Done> TimelineQueue::write_now(Database& database) {
  std::vector<Waiting> rows;
  Lost lost;
  {
    const std::lock_guard lock(mutex_);
    rows.swap(waiting_);
    lost.swap(lost_);
  }
  if (rows.empty()) return Done{};
  const auto written = write_rows(database, rows, lost);
  if (written) {
    tell(lost);
    return written;
  }
  const bool one_is_refused = written.error().kind == Error::Kind::kRefused;
  if (one_is_refused) {  // which is it?
    for (const Waiting& row : rows) {
      const auto one = write_rows(database, {&row, 1}, {});
      if (!one) log::warning("event_lost", {{"rows", "1"}, {"reason", one.error().message}});
    }
    rows.clear();
  }
  const std::lock_guard lock(mutex_);
  for (const auto& [store, count] : lost) lost_[store] += count;
  rows.insert(rows.end(), std::make_move_iterator(waiting_.begin()),
              std::make_move_iterator(waiting_.end()));
  waiting_ = std::move(rows);
  if (one_is_refused) return Done{};
  return written;
}

Result<Done> TimelineQueue::write_rows(Database& database, std::span<const Waiting> rows,
                                       const Lost& lost) {
  return database.write_aside([&](Connection& connection) {
    Beyond beyond;
    for (const auto& [store, network, row] : rows) {
      if (store && beyond.count(*store, network)) continue;
      if (store && !admit_row(connection, *store, network, row.at)) {
        beyond.begin(*store, network);
      } else {
        Events(connection).add(row);
      }
    }
    const EpochSeconds now = rows.back().row.at;
    beyond.note(connection, now);
    for (const auto& [store, count] : lost) count_not_kept(connection, store, now, count, "");
    return Done{};
  });
}

}  // namespace portal
