// How an event becomes a row of the audit.
#include "core/journal/audit.h"

#include <set>

#include "core/base/operator_name.h"
#include "core/journal/timeline.h"
#include "support/test_database.h"

namespace portal {
namespace {

TEST(AuditEvents, HaveEachAName) {
  std::set<std::string_view> names;
  for (const AuditEventKind& kind : audit_event_kinds()) {
    EXPECT_TRUE(names.insert(kind.name).second) << kind.name;
    EXPECT_TRUE(kind.meaning.english.ends_with('.')) << kind.name;
    EXPECT_TRUE(kind.meaning.japanese.ends_with("。")) << kind.name;
    EXPECT_EQ(find_audit_event(kind.name), kind.event);
    EXPECT_EQ(name_of(kind.event), kind.name);
    EXPECT_EQ(&kind_of(kind.event), &kind);
  }
  for (const char* name : {"registered", "activated", "login", "login_refused", "left"}) {
    EXPECT_TRUE(names.contains(name)) << name;
  }
  EXPECT_FALSE(find_audit_event("logim"));
  EXPECT_FALSE(find_audit_event(""));
}

TEST(TimelineEvents, HaveEachAName) {
  std::set<std::string_view> names;
  for (const TimelineEventKind& kind : timeline_event_kinds()) {
    EXPECT_TRUE(names.insert(kind.name).second) << kind.name;
    EXPECT_FALSE(find_audit_event(kind.name)) << kind.name << " is an event of the audit";
    EXPECT_TRUE(kind.meaning.complete()) << kind.name;
    EXPECT_EQ(find_timeline_event(kind.name), kind.event);
    EXPECT_EQ(name_of(kind.event), kind.name);
    EXPECT_EQ(&kind_of(kind.event), &kind);
  }
  EXPECT_FALSE(find_timeline_event("ok_presed"));
  EXPECT_FALSE(find_timeline_event(""));
}

// A mistyped name, or an event of the other book, does not compile.
template <class Entry, class Event>
concept Recordable = requires(Event event) {
  Entry{.event = event};
};
static_assert(Recordable<AuditEntry, AuditEvent>);
static_assert(!Recordable<AuditEntry, const char*>);
static_assert(!Recordable<AuditEntry, TimelineEvent>);
static_assert(Recordable<TimelineEntry, TimelineEvent>);
static_assert(!Recordable<TimelineEntry, const char*>);
static_assert(!Recordable<TimelineEntry, AuditEvent>);

class RecordTest : public testing::Test {
 protected:
  RecordTest() { value(database.migrate(kMigrations)); }
  Folder folder;
  Database database = open_database(sqlite_settings(folder.file("portal.db")));
};

TEST_F(RecordTest, ARequestsRowHasItsNetworkAndId) {
  Request request;
  request.client = Client("2001:db8:1:2:3:4:5:6");
  request.id = "request-1";
  const auto rows = value(database.write([&](Connection& c) {
    record_audit_event(c, request, 100, AuditEvent::kLogin, "account-1");
    record_audit_event(c, request, 101, AuditEvent::kLogout, "account-1");
    return Audit(c).list({});
  }));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].event, "login");
  EXPECT_EQ(rows[0].at, 100);
  EXPECT_EQ(rows[0].account_id, "account-1");
  EXPECT_EQ(rows[0].network, "2001:db8:1:2::/64");
  EXPECT_EQ(rows[0].actor, "web:member");
  EXPECT_EQ(rows[0].request_id, "request-1");
  EXPECT_EQ(rows[0].detail, "");
  EXPECT_EQ(rows[0].id.size(), 22U);
  EXPECT_NE(rows[0].id, rows[1].id);
}

// The log's lines of one call on the database.
template <class F>
std::string logged(Database& database, const F& function) {
  testing::internal::CaptureStderr();
  const auto done = database.write(function);
  EXPECT_TRUE(done);
  return testing::internal::GetCapturedStderr();
}

TEST_F(RecordTest, WhatARequestDidIsALineOfTheLogOnceItIsCommitted) {
  Request request;
  request.client = Client("192.0.2.7");
  request.id = "request-1";
  const std::string lines = logged(database, [&](Connection& c) {
    record_audit_event(c, request, 100, AuditEvent::kLogin, "account-1");
    record_audit_event(c, {.event = AuditEvent::kLoginRefused,
                           .account_id = "account-1",
                           .at = 100,
                           .client = request.client.address(),
                           .request_id = request.id,
                           .detail = "wrong_password"});
    return Done{};
  });
  EXPECT_NE(lines.find(" info login account=account-1 detail=\"\" client=192.0.2.7 "
                       "request=request-1\n"),
            std::string::npos)
      << lines;
  EXPECT_NE(lines.find(" warning login_refused account=account-1 detail=wrong_password "),
            std::string::npos)
      << lines;
  testing::internal::CaptureStderr();
  EXPECT_THROW(static_cast<void>(database.write([&](Connection& c) -> Done {
                 record_audit_event(c, request, 100, AuditEvent::kLogin, "account-1");
                 throw std::runtime_error("changed my mind");
               })),
               std::runtime_error);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

// Each event says truly who it was on a page; what operators alone do has no such word.
TEST(AuditEvents, SayWhoItWasOnAPage) {
  const std::pair<AuditEvent, std::optional<WebActor>> cases[] = {
      {AuditEvent::kRegistered, WebActor::kVisitor},
      {AuditEvent::kLoginRefused, WebActor::kVisitor},
      {AuditEvent::kPasswordResetAsked, WebActor::kVisitor},
      {AuditEvent::kActivated, WebActor::kLink},
      {AuditEvent::kMailStopped, WebActor::kLink},
      {AuditEvent::kPasswordReset, WebActor::kLink},
      {AuditEvent::kLogin, WebActor::kMember},
      {AuditEvent::kPhoneChanged, WebActor::kMember},
      {AuditEvent::kLeft, WebActor::kMember},
      {AuditEvent::kAccountAttacked, WebActor::kPortal},
      {AuditEvent::kAccountDisabled, std::nullopt},
      {AuditEvent::kRosterImported, std::nullopt},
      {AuditEvent::kLookedUp, std::nullopt},
  };
  for (const auto& [event, actor] : cases) EXPECT_EQ(kind_of(event).actor, actor) << name_of(event);
  for (const char* name : {"web:visitor", "web:link", "web:member", "web:portal"}) {
    EXPECT_TRUE(find_web_actor(name)) << name;
  }
  EXPECT_FALSE(find_web_actor("member"));
  EXPECT_FALSE(find_web_actor(""));
}

TEST_F(RecordTest, WhatAnOperatorDidHasHisName) {
  const auto rows = value(database.write([&](Connection& c) {
    record_audit_event(c, {.event = AuditEvent::kAccountDisabled, .account_id = "a", .at = 1});
    record_audit_event(c, {.event = AuditEvent::kMailAllowed, .account_id = "a", .at = 2});
    record_audit_event(
        c, {.event = AuditEvent::kMailAllowed, .account_id = "a", .at = 3, .request_id = "r"});
    return Audit(c).list({});
  }));
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].actor, operator_name());
  EXPECT_EQ(rows[1].actor, operator_name());
  EXPECT_EQ(rows[2].actor, "web:link") << "the owner did it himself";
}

TEST_F(RecordTest, WhatAnOperatorDidIsNot) {
  EXPECT_EQ(logged(database,
                   [](Connection& c) {
                     record_audit_event(
                         c, {.event = AuditEvent::kAccountDisabled, .account_id = "a", .at = 1});
                     return Done{};
                   }),
            "");
}

TEST_F(RecordTest, WhatTheTimelineNotesIsALineWithoutWhoItWas) {
  Request request;
  request.id = "request-1";
  const std::string lines = logged(database, [&](Connection& c) {
    record_timeline_event(c, request, 100,
                          {.event = TimelineEvent::kFormRefused,
                           .email_key = "taro@example.jp",
                           .number = "契0123456-7-8",
                           .phone = "0312345678",
                           .detail = "email_format"});
    record_timeline_event(c, request, 100,
                          {.event = TimelineEvent::kLinkPasswordWrong,
                           .registration = "registration-1",
                           .detail = "attempt 2"});
    return Done{};
  });
  EXPECT_NE(lines.find(" info form_refused registration=\"\" detail=email_format "),
            std::string::npos)
      << lines;
  EXPECT_NE(lines.find(" warning link_password_wrong registration=registration-1 "
                       "detail=\"attempt 2\" "),
            std::string::npos)
      << lines;
  for (const char* secret : {"taro", "0123456", "0312345678"}) {
    EXPECT_EQ(lines.find(secret), std::string::npos) << lines;
  }
}

TEST_F(RecordTest, WhatIsNotCommittedLeavesNoRow) {
  EXPECT_THROW(static_cast<void>(database.write([](Connection& c) -> Done {
                 record_audit_event(c, {.event = AuditEvent::kLogin, .account_id = "a", .at = 1});
                 throw std::runtime_error("changed my mind");
               })),
               std::runtime_error);
  EXPECT_TRUE(value(database.read([](Connection& c) { return Audit(c).list({}); })).empty());
}

}  // namespace
}  // namespace portal
