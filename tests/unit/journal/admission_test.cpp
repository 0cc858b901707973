// The ceilings of what strangers can fill, on both databases.
#include "core/journal/admission.h"

#include "core/base/log.h"
#include "core/database/engine/connection.h"
#include "core/journal/audit.h"
#include "core/journal/timeline.h"
#include "support/test_database.h"

namespace portal {
namespace {

constexpr EpochSeconds kNow = 1'700'000'000;
const std::optional<std::string> kFlooder = "203.0.113.7";
const std::optional<std::string> kOther = "198.51.100.1";

class AdmissionTest : public EachDatabase {
 protected:
  bool admit(Store store, const std::optional<std::string>& network, EpochSeconds now = kNow) {
    return value(database->write(
        [&](Connection& connection) { return admit_row(connection, store, network, now); }));
  }
  // As if the network had written so many rows before.
  void has_written(Store store, const std::string& network, std::int64_t rows) {
    value(database->write([&](Connection& connection) {
      connection.execute(
          "INSERT INTO throttle (key, tries, first_at, blocked_until) VALUES ($1, $2, $3, 0)",
          {"store:" + std::string(store_kind(store).name) + ":" + network, rows, kNow});
      return Done{};
    }));
  }
  // As if the mailer had measured it in that hour.
  void is_measured(Store store, std::int64_t rows) {
    value(database->write([&](Connection& connection) {
      connection.execute(
          "INSERT INTO storage_hour (store, hour, row_count, not_kept) VALUES ($1, $2, $3, 0) "
          "ON CONFLICT (store, hour) DO UPDATE SET row_count = $3",
          {store_kind(store).name, kNow - kNow % kHour, rows});
      return Done{};
    }));
  }
  std::int64_t not_kept(Store store, EpochSeconds now = kNow) {
    const auto sizes = value(database->read(
        [&](Connection& connection) { return StorageHours(connection).sizes(now, 0); }));
    return sizes.at(static_cast<std::size_t>(store)).not_kept;
  }
  std::int64_t rows_of(const std::string& table, const std::string& where = "1 = 1") {
    return value(database->read([&](Connection& connection) {
      return connection.number("SELECT COUNT(*) FROM " + table + " WHERE " + where);
    }));
  }
};

TEST_P(AdmissionTest, ANetworkThatFloodsIsOnlyCountedAndNobodyElseIs) {
  const auto most = store_kind(Store::kTimelineOfNobody).of_network.most;
  has_written(Store::kTimelineOfNobody, *kFlooder, most - 1);
  EXPECT_TRUE(admit(Store::kTimelineOfNobody, kFlooder)) << "the last one that is kept";
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(admit(Store::kTimelineOfNobody, kFlooder));
  EXPECT_EQ(not_kept(Store::kTimelineOfNobody), 3);
  EXPECT_EQ(rows_of("storage_hour"), 1) << "one row for all of them";
  EXPECT_TRUE(admit(Store::kTimelineOfNobody, kOther));
  EXPECT_TRUE(admit(Store::kTimelineOfNobody, std::nullopt));
  EXPECT_TRUE(admit(Store::kTimeline, kFlooder)) << "another store";
  // Another hour has a row of its own, and another day is free again.
  EXPECT_FALSE(admit(Store::kTimelineOfNobody, kFlooder, kNow + kHour));
  EXPECT_EQ(not_kept(Store::kTimelineOfNobody, kNow + kHour), 1);
  EXPECT_EQ(rows_of("storage_hour"), 2);
  EXPECT_TRUE(admit(Store::kTimelineOfNobody, kFlooder, kNow + kDay));
}

// Who has a /48 of IPv6 has 65,536 networks of /64, and is one stranger all the same.
TEST_P(AdmissionTest, ManyNetworksOfOneSubscriberAreOne) {
  const auto most = store_kind(Store::kTimelineOfNobody).of_network.most;
  has_written(Store::kTimelineOfNobody, "2001:db8:1::/48", 4 * most - 1);
  EXPECT_TRUE(admit(Store::kTimelineOfNobody, "2001:db8:1:1::/64"));
  EXPECT_FALSE(admit(Store::kTimelineOfNobody, "2001:db8:1:2::/64"));
  EXPECT_TRUE(admit(Store::kTimelineOfNobody, "2001:db8:2:1::/64"));
  EXPECT_EQ(network_of_draft("2001:db8:1:2::/64"), "2001:db8:1::/48");
  EXPECT_EQ(network_of_draft(kFlooder), kFlooder);
}

TEST_P(AdmissionTest, AFullStoreOnlyCountsWhoeverComes) {
  const StoreKind& kind = store_kind(Store::kTimeline);
  is_measured(Store::kTimeline, kind.alarm.most - 1);
  EXPECT_TRUE(admit(Store::kTimeline, kOther));
  is_measured(Store::kTimeline, kind.alarm.most);
  EXPECT_FALSE(admit(Store::kTimeline, kOther));
  EXPECT_FALSE(admit(Store::kTimeline, std::nullopt));
  EXPECT_TRUE(admit(Store::kAuditOfNobody, kOther)) << "another store";
  EXPECT_EQ(not_kept(Store::kTimeline), 2);
  // Where nobody measures any more, nothing is withheld for ever.
  EXPECT_FALSE(admit(Store::kTimeline, kOther, kNow + kHour));
  EXPECT_TRUE(admit(Store::kTimeline, kOther, kNow + 4 * kHour));
}

TEST_P(AdmissionTest, TheLogTellsOfTheFirstOfAnHour) {
  has_written(Store::kTimelineOfNobody, *kFlooder,
              store_kind(Store::kTimelineOfNobody).of_network.most);
  const auto told = [] {
    const auto counts = log::counts();
    const auto found = counts.find("storage_bounded");
    return found == counts.end() ? 0 : found->second;
  };
  const auto before = told();
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(admit(Store::kTimelineOfNobody, kFlooder));
  EXPECT_EQ(told(), before + 1);
}

TEST_P(AdmissionTest, AFloodOfDraftsDisplacesTheFloodersOwn) {
  const auto most = store_kind(Store::kDrafts).of_network.most;
  const auto add = [&](const std::string& id, const std::optional<std::string>& network,
                       EpochSeconds ends) {
    return value(database->write([&](Connection& connection) {
      Drafts(connection).add({id, "sealed", ends, network_of_draft(network)});
      bound_drafts(connection, network, kNow);
      return Done{};
    }));
  };
  add("honest", kOther, kNow + 1);
  add("unknown", std::nullopt, kNow + 1);
  value(database->write([&](Connection& connection) {
    for (std::int64_t i = 0; i < most; ++i) {
      Drafts(connection).add({"flood" + std::to_string(i), "sealed", kNow + 100 + i, *kFlooder});
    }
    return Done{};
  }));
  add("newest", kFlooder, kNow + 100 + most);
  EXPECT_EQ(rows_of("draft", "network = '203.0.113.7'"), most);
  EXPECT_EQ(rows_of("draft", "id = 'flood0'"), 0) << "the oldest has gone";
  EXPECT_EQ(rows_of("draft", "id IN ('flood1', 'newest', 'honest', 'unknown')"), 4);
  EXPECT_EQ(not_kept(Store::kDrafts), 1);
  // When there are too many of all networks, each keeps a few: who comes newly has his.
  is_measured(Store::kDrafts, store_kind(Store::kDrafts).alarm.most);
  add("another", kOther, kNow + 2);
  EXPECT_EQ(rows_of("draft", "id IN ('another', 'honest', 'unknown')"), 3);
  for (int i = 0; i < 3; ++i) add("more" + std::to_string(i), kFlooder, kNow + 9999 + i);
  EXPECT_EQ(rows_of("draft", "network = '203.0.113.7'"), kDraftsWhenFull);
  EXPECT_EQ(rows_of("draft", "id LIKE 'more%'"), 3);
}

TEST_P(AdmissionTest, MeasuresWhatIsThere) {
  const auto measure = [&](Store store) {
    return value(database->write(
        [&](Connection& connection) { return StorageHours(connection).measure(store, kNow); }));
  };
  for (const StoreKind& kind : store_kinds()) EXPECT_EQ(measure(kind.store), 0) << kind.name;
  Request request;
  request.client = Client("192.0.2.1");
  request.id = "request";
  value(database->write([&](Connection& connection) {
    Drafts(connection).add({"a", "sealed", kNow, ""});
    record_timeline_event(connection, request, kNow,
                          {.event = TimelineEvent::kFormRefused, .phone = "0312345678"});
    record_timeline_event(connection, request, kNow - kDay - 1,
                          {.event = TimelineEvent::kFormRefused, .phone = "0312345678"});
    for (const char* account : {"", "account"}) {
      record_audit_event(connection, request, kNow, AuditEvent::kLoginRefused, account);
    }
    return Done{};
  }));
  EXPECT_EQ(measure(Store::kDrafts), 1);
  EXPECT_EQ(measure(Store::kTimeline), 1) << "of a day";
  EXPECT_EQ(measure(Store::kAuditOfNobody), 1);
  EXPECT_EQ(measure(Store::kAudit), 2);
}

TEST_P(AdmissionTest, WhatBelongsToSomebodyIsAlwaysWritten) {
  Request request;
  request.client = Client(*kFlooder);
  request.id = "request";
  for (const Store store : {Store::kTimeline, Store::kTimelineOfNobody, Store::kAuditOfNobody}) {
    has_written(store, *kFlooder, store_kind(store).of_network.most);
  }
  value(database->write([&](Connection& connection) {
    const auto refused = [&](std::string_view phone, std::string_view registration) {
      record_timeline_event(
          connection, request, kNow,
          {.event = TimelineEvent::kFormRefused, .phone = phone, .registration = registration});
    };
    refused("", "");
    refused("0312345678", "");
    refused("", "registration-1");
    record_audit_event(connection, request, kNow, AuditEvent::kLoginRefused, "");
    record_audit_event(connection, request, kNow, AuditEvent::kLoginRefused, "account-1");
    record_audit_event(connection, {.event = AuditEvent::kRosterUndone, .at = kNow});
    return Done{};
  }));
  EXPECT_EQ(rows_of("event"), 1);
  EXPECT_EQ(rows_of("event", "registration_id = 'registration-1'"), 1);
  EXPECT_EQ(rows_of("audit"), 2);
  EXPECT_EQ(rows_of("audit", "account_id = 'account-1'"), 1);
  for (const Store store : {Store::kTimeline, Store::kTimelineOfNobody, Store::kAuditOfNobody}) {
    EXPECT_EQ(not_kept(store), 1) << store_kind(store).name;
  }
}

INSTANTIATE_TEST_SUITE_P(, AdmissionTest, testing::Values("SQLite", "PostgreSQL"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace portal
