// How an event becomes a row of the audit.
#include "core/audit/audit_event.h"

#include <set>

#include "../database/test_database.h"

namespace portal {
namespace {

TEST(AuditEvents, HaveEachAName) {
  std::set<std::string_view> names;
  for (const AuditEvent& event : audit_events()) {
    EXPECT_TRUE(names.insert(event.name).second) << event.name;
    EXPECT_TRUE(event.meaning.ends_with('.')) << event.name;
    EXPECT_TRUE(is_audit_event(event.name));
  }
  for (const char* name : {"registered", "activated", "login", "login_refused", "left"}) {
    EXPECT_TRUE(names.contains(name)) << name;
  }
  EXPECT_FALSE(is_audit_event("logim"));
  EXPECT_FALSE(is_audit_event(""));
}

class RecordTest : public testing::Test {
 protected:
  RecordTest() { value(database.migrate(kMigrations)); }
  Folder folder;
  Database database = open_database(sqlite_settings(folder.file("portal.db")));
};

TEST_F(RecordTest, ARequestsRowHasItsNetworkAndId) {
  Request request;
  request.client = "2001:db8:1:2:3:4:5:6";
  request.id = "request-1";
  const auto rows = value(database.write([&](Connection& c) {
    record(c, request, 100, "login", "account-1");
    record(c, request, 101, "logout", "account-1");
    return Audit(c).list({});
  }));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].event, "login");
  EXPECT_EQ(rows[0].at, 100);
  EXPECT_EQ(rows[0].account_id, "account-1");
  EXPECT_EQ(rows[0].network, "2001:db8:1:2::/64");
  EXPECT_EQ(rows[0].request_id, "request-1");
  EXPECT_EQ(rows[0].detail, "");
  EXPECT_EQ(rows[0].id.size(), 22U);
  EXPECT_NE(rows[0].id, rows[1].id);
}

TEST_F(RecordTest, WhatIsNotCommittedLeavesNoRow) {
  EXPECT_THROW(static_cast<void>(database.write([](Connection& c) -> Done {
                 record(c, {.event = "login", .account_id = "a", .at = 1});
                 throw std::runtime_error("changed my mind");
               })),
               std::runtime_error);
  EXPECT_TRUE(value(database.read([](Connection& c) { return Audit(c).list({}); })).empty());
}

TEST_F(RecordTest, AnEventThatIsNoneIsAProgrammersFault) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(static_cast<void>(database.write([](Connection& c) {
                 record(c, {.event = "logim", .account_id = "a", .at = 1});
                 return Done{};
               })),
               "is_audit_event");
}

}  // namespace
}  // namespace portal
