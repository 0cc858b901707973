// What strangers can fill: each table to which anybody may add rows, with what bounds it. The third
// part of the table of policies (policy.h): sizes and ceilings, each with its source.
//
// Two ceilings hold. That of a network is for whoever floods; his requests are answered as ever,
// and beyond it nothing of them is stored but a count (core/database/storage/storage_hours.h). That
// of the whole store raises an alarm, and what is no promise to anybody is then only counted, too.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/registration/policy.h"

namespace portal {

enum class Store {
  kDrafts,
  kTimeline,
  kTimelineOfNobody,
  kAuditOfNobody,
  kRegistrations,
  kMails,
  kTries,
  kWaiting,
  kDevices,
  kMailAddresses,
  kStopLinks,
  kSessions,
  kAudit,
  kLast = kAudit,
};

struct StoreKind {
  Store store;
  std::string_view name;  // of the log, the metrics, `portalctl status`: "drafts"
  std::string_view table;
  std::int64_t row_bytes;  // about, with its indexes
  // What one network may add: rows within the window; with a window of 0, rows at a time. most is
  // 0: another limit bounds it, which `bounded` names.
  Limit of_network = {};
  std::string_view bounded = "";
  // Rows of all networks that raise the alarm: within the window, or with a window of 0 at a time.
  Limit alarm = {};
  std::string_view beyond;  // what happens then, and where the numbers are from (conf/retention.md)
};

std::span<const StoreKind> store_kinds();
const StoreKind& store_kind(Store store);

// How many drafts a network keeps while there are more than the alarm's number: so that a flood
// from very many networks ends, and whoever comes newly still gets his.
inline constexpr std::int64_t kDraftsWhenFull = 20;

// A store whose ceiling changes what is kept is measured each time; one that only raises an alarm,
// once an hour, because counting a large table takes a moment.
inline constexpr EpochSeconds kStoreMeasured = kMinute;
constexpr bool is_only_alarmed(const StoreKind& kind) {
  return kind.of_network.most == 0;
}

}  // namespace portal
