// Rows of the timeline that tell of no change: they wait in memory, and one transaction writes
// them.
#include "core/journal/timeline_queue.h"

#include "core/base/log.h"
#include "core/database/engine/connection.h"
#include "core/database/engine/statement_counts.h"
#include "support/test_database.h"

namespace portal {
namespace {

constexpr EpochSeconds kNow = 1'700'000'000;
const std::string kEmail = "hanako@example.jp";

class TimelineQueueTest : public EachDatabase {
 protected:
  void refuse(const std::string& client = "203.0.113.7",
              const std::string& id = "aaaabbbbccccdddd") {
    Request request;
    request.id = id;
    request.client = Client(client);
    queue.add(
        request, kNow,
        {.event = TimelineEvent::kFormRefused, .email_key = kEmail, .detail = "phone_format"});
  }
  std::int64_t number(const std::string& sql) {
    return value(database->read([&](Connection& connection) { return connection.number(sql); }));
  }
  std::int64_t rows() { return number("SELECT COUNT(*) FROM event"); }
  std::int64_t not_kept() { return number("SELECT COALESCE(SUM(not_kept), 0) FROM storage_hour"); }
  static std::uint64_t told(const std::string& event) {
    const auto counts = log::counts();
    const auto found = counts.find(event);
    return found == counts.end() ? 0 : static_cast<std::uint64_t>(found->second);
  }
  TimelineQueue queue;
};

TEST_P(TimelineQueueTest, ARowCostsNoStatementUntilAllAreWrittenAtOnce) {
  const auto before = statement_counts();
  for (int i = 0; i < 100; ++i) refuse();
  EXPECT_EQ((statement_counts() - before).executed, 0U);
  EXPECT_EQ(rows(), 0);
  queue.write(*database);
  EXPECT_EQ(rows(), 100);
  const auto written = statement_counts();
  queue.write(*database);
  EXPECT_EQ((statement_counts() - written).executed, 0U) << "nothing waits";
  EXPECT_EQ(number("SELECT COUNT(*) FROM event WHERE detail = 'phone_format' AND at = 1700000000 "
                   "AND request_id = 'aaaabbbbccccdddd'"),
            100);
}

TEST_P(TimelineQueueTest, TheLogHasTheLineAtOnce) {
  const auto before = told("form_refused");
  refuse();
  EXPECT_EQ(told("form_refused"), before + 1);
  queue.write(*database);
  EXPECT_EQ(told("form_refused"), before + 1);
}

TEST_P(TimelineQueueTest, ANetworkThatFloodsIsCountedWithFewStatements) {
  const auto most = store_kind(Store::kTimeline).of_network.most;
  value(database->write([&](Connection& connection) {
    connection.execute(
        "INSERT INTO throttle (key, tries, first_at, blocked_until) VALUES ($1, $2, $3, 0)",
        {"store:timeline:203.0.113.7", most - 2, kNow});
    return Done{};
  }));
  for (int i = 0; i < 1000; ++i) refuse();
  refuse("198.51.100.1");
  const auto before = statement_counts();
  queue.write(*database);
  EXPECT_LT((statement_counts() - before).executed, 30U);
  EXPECT_EQ(rows(), 3) << "two of the flood, and the other's";
  EXPECT_EQ(not_kept(), 998);
}

TEST_P(TimelineQueueTest, WhatHasNoRoomIsCountedAndTold) {
  const auto before = told("event_lost");
  for (std::size_t i = 0; i < TimelineQueue::kMost; ++i) queue.add(kNow, {});
  refuse();
  refuse();
  queue.write(*database);
  EXPECT_EQ(rows(), static_cast<std::int64_t>(TimelineQueue::kMost));
  EXPECT_EQ(not_kept(), 2);
  EXPECT_EQ(told("event_lost"), before + 1);
  refuse();
  queue.write(*database);
  EXPECT_EQ(rows(), static_cast<std::int64_t>(TimelineQueue::kMost) + 1) << "there is room again";
}

TEST_P(TimelineQueueTest, ARowThatCannotBeStoredKeepsNoOtherFromIt) {
  refuse();
  refuse("203.0.113.7", "\xff");
  refuse();
  queue.write(*database);
  EXPECT_EQ(rows(), 2);
}

TEST_P(TimelineQueueTest, RowsWaitWhileTheDatabaseIsAway) {
  Settings elsewhere = settings;
  value(elsewhere.set("database.connection", GetParam() == "SQLite"
                                                 ? folder.file("missing.db")
                                                 : "host=" + folder.file("") + " dbname=missing"));
  Database away = open_database(elsewhere, 1, std::chrono::milliseconds(100));
  refuse();
  queue.write(away);
  refuse();
  queue.write(*database);
  EXPECT_EQ(rows(), 0) << "not at once again";
  queue.write_last(*database);
  EXPECT_EQ(rows(), 2);
}

// The session is one beside those of the threads, all of which may be in use.
TEST_P(TimelineQueueTest, NeedsNoThreadsSession) {
  Database busy = open_database(settings, 1);
  refuse();
  value(busy.read([&](Connection&) {
    queue.write(busy);
    return Done{};
  }));
  EXPECT_EQ(rows(), 1);
}

INSTANTIATE_TEST_SUITE_P(, TimelineQueueTest, testing::Values("SQLite", "PostgreSQL"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace portal
