// The chore that measures what strangers can fill, and what it tells: the log, the metrics.
#include "core/base/log.h"
#include "core/database/engine/connection.h"
#include "core/database/storage/storage_hours.h"
#include "mailer/chores.h"
#include "office.h"

namespace portal {
namespace {

class StorageTest : public testing::Test {
 protected:
  // So many drafts more.
  void add_drafts(std::int64_t from, std::int64_t rows) {
    value(office.database().write([&](Connection& connection) {
      connection.execute(
          "INSERT INTO draft (id, sealed, expires_at, network) "
          "WITH RECURSIVE n (i) AS (SELECT CAST($1 AS BIGINT) UNION ALL SELECT i + 1 FROM n "
          "WHERE i + 1 < $2) SELECT 'draft' || i, 'sealed', 0, '' FROM n",
          {from, from + rows});
      return Done{};
    }));
  }
  static std::uint64_t told() {
    const auto counts = log::counts();
    const auto found = counts.find("storage_full");
    return found == counts.end() ? 0 : found->second;
  }
  StoreSize drafts() {
    return value(office.database().read([&](Connection& connection) {
             return StorageHours(connection).sizes(office.now, 0);
           }))
        .at(static_cast<std::size_t>(Store::kDrafts));
  }

  Office office;
  Chores chores{office.database(), office.metrics, [this] { return office.now; }};
};

TEST_F(StorageTest, AStoreThatIsFullIsToldOfOnceAnHour) {
  const auto most = store_kind(Store::kDrafts).alarm.most;
  const auto before = told();
  add_drafts(0, most - 1);
  chores.do_if_due();
  EXPECT_EQ(drafts().rows, most - 1);
  EXPECT_EQ(told(), before);
  add_drafts(most, 1);
  chores.do_if_due();
  EXPECT_EQ(drafts().rows, most - 1) << "it is not due";
  office.now += kStoreMeasured;
  chores.do_if_due();
  EXPECT_EQ(drafts().rows, most);
  EXPECT_EQ(told(), before + 1);
  for (int minute = 1; minute < 5; ++minute) {
    office.now += kStoreMeasured;
    chores.do_if_due();
  }
  EXPECT_EQ(told(), before + 1) << "in the same hour";
  office.now += kHour;
  chores.do_if_due();
  EXPECT_EQ(told(), before + 2);

  office.metrics.look_up(office.database(), office.now);
  const std::string text = office.registry.text("mailer", "1");
  const std::string sample =
      "portal_storage_fill_ratio{store=\"drafts\",step=\"mailer\",process=\"1\"} 1\n";
  EXPECT_NE(text.find(sample), std::string::npos) << text;
}

// Nobody waits for a count of millions of rows each minute.
TEST_F(StorageTest, WhatOnlyRaisesAnAlarmIsMeasuredOnceAnHour) {
  chores.do_if_due();
  const auto measured = [&] {
    return value(office.database().read([&](Connection& connection) {
      return connection.number(
          "SELECT row_count FROM storage_hour WHERE store = 'mail_addresses' "
          "ORDER BY hour DESC LIMIT 1");
    }));
  };
  EXPECT_EQ(measured(), 0);
  value(office.database().write([](Connection& connection) {
    connection.execute(
        "INSERT INTO mail_address (email_key, prepared_at, stopped_until) VALUES ('a', 0, 0)");
    return Done{};
  }));
  office.now += kStoreMeasured;
  chores.do_if_due();
  EXPECT_EQ(measured(), 0);
  office.now += kHour;
  chores.do_if_due();
  EXPECT_EQ(measured(), 1);
}

}  // namespace
}  // namespace portal
