// The outbox: leases are exclusive, run out, and only their owner ends them. On both databases.
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "outbox.h"

namespace portal {
namespace {

TEST_P(OutboxTest, LeasesWhatHasBeenDueLongestFirst) {
  auto later = a_mail("later", "1");
  later.next_attempt_at = 1001;
  auto oldest = a_mail("oldest", "1");
  oldest.created_at = 900;
  oldest.next_attempt_at = 999;
  add(a_mail("b", "1"));
  add(a_mail("a", "1"));
  add(later);
  add(oldest);
  EXPECT_TRUE(lease("m", 998).empty());
  const auto rows = lease("m", 1000, 2);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].id, "oldest");
  EXPECT_EQ(rows[0].created_at, 900);
  EXPECT_EQ(rows[1].id, "a");
  EXPECT_EQ(rows[1].kind, "activation");
  EXPECT_EQ(rows[1].recipient, "hanako@example.jp");
  EXPECT_EQ(rows[1].registration_id, "1");
  EXPECT_EQ(lease("m", 1001).size(), 2U);
}

TEST_P(OutboxTest, TheBacklogHasTheFirstThatIsDueAndNoneThatWasSent) {
  const auto backlog = [&] {
    return value(database->read([](Connection& c) { return Outbox(c).backlog(); }));
  };
  EXPECT_TRUE(backlog().empty());
  auto early = a_mail("early", "1");
  early.next_attempt_at = 999;
  add(early);
  for (const char* id : {"a", "b", "c"}) add(a_mail(id, "1"));
  ASSERT_EQ(lease("m", 1000).size(), 4U);
  EXPECT_TRUE(end([](Outbox& o) { return o.mark_sent("a", "m", 1000, "250 ok"); }));
  EXPECT_TRUE(end([](Outbox& o) { return o.mark_failed("b", "m", 1000, "550 no"); }));
  EXPECT_TRUE(end([](Outbox& o) { return o.mark_withheld("c", "m", 1000, "enough"); }));
  std::map<std::string, std::int64_t> rows;
  for (const OutboxBacklog& of : backlog()) {
    rows[of.state] = of.rows;
    if (of.state == "queued") {
      EXPECT_EQ(of.first_due, 999);
    }
  }
  EXPECT_EQ(rows,
            (std::map<std::string, std::int64_t>{{"failed", 1}, {"queued", 1}, {"withheld", 1}}));
}

TEST_P(OutboxTest, ALeaseIsExclusiveAndRunsOut) {
  add(a_mail("a", "1"));
  EXPECT_EQ(lease("first", 1000).size(), 1U);
  EXPECT_TRUE(lease("second", 1000 + kMinute - 1).empty());
  EXPECT_EQ(lease("second", 1000 + kMinute).size(), 1U);
  EXPECT_FALSE(end([](Outbox& o) { return o.mark_sent("a", "first", 1100, "250 ok"); }));
  EXPECT_FALSE(end([](Outbox& o) { return o.mark_failed("a", "first", 1100, "550 no"); }));
  EXPECT_FALSE(end([](Outbox& o) { return o.put_back("a", "first", 1, "451 wait"); }));
  EXPECT_FALSE(end([](Outbox& o) { return o.release("a", "first"); }));
  EXPECT_TRUE(end([](Outbox& o) { return o.mark_sent("a", "second", 1100, "250 ok"); }));
  EXPECT_FALSE(end([](Outbox& o) { return o.mark_sent("a", "second", 1100, "250 ok"); }));
  EXPECT_TRUE(lease("third", 1'000'000).empty());
}

TEST_P(OutboxTest, ARowThatWasPutBackIsDueAgainLater) {
  add(a_mail("a", "1"));
  lease("m", 1000);
  EXPECT_TRUE(end([](Outbox& o) { return o.put_back("a", "m", 1500, "451 wait"); }));
  EXPECT_TRUE(lease("m", 1499).empty());
  const auto rows = lease("m", 1500);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].attempts, 1);
  EXPECT_TRUE(end([](Outbox& o) { return o.release("a", "m"); }));
  EXPECT_EQ(lease("n", 1500).at(0).attempts, 1);
  EXPECT_TRUE(end([](Outbox& o) { return o.mark_failed("a", "n", 1501, "550 no"); }));
  EXPECT_TRUE(lease("m", 1'000'000).empty());
}

TEST_P(OutboxTest, ARowThatIsHeldWasNotTried) {
  add(a_mail("a", "1"));
  lease("m", 1000);
  EXPECT_FALSE(end([](Outbox& o) { return o.hold("a", "other", 1500, "too many"); }));
  EXPECT_TRUE(end([](Outbox& o) { return o.hold("a", "m", 1500, "too many"); }));
  EXPECT_TRUE(lease("m", 1499).empty());
  const auto entry =
      value(database->read([](Connection& c) { return Outbox(c).find("a"); })).value();
  EXPECT_EQ(entry.state, "queued");
  EXPECT_EQ(entry.last_reply, "too many");
  const auto rows = lease("m", 1500);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].attempts, 0);
}

TEST_P(OutboxTest, AWithheldRowIsOverUntilItIsRetried) {
  add(a_mail("a", "1"));
  lease("m", 1000);
  EXPECT_FALSE(end([](Outbox& o) { return o.mark_withheld("a", "other", 1001, "stopped"); }));
  EXPECT_TRUE(end([](Outbox& o) { return o.mark_withheld("a", "m", 1001, "stopped"); }));
  EXPECT_TRUE(lease("m", 1'000'000).empty());
  const auto entry =
      value(database->read([](Connection& c) { return Outbox(c).find("a"); })).value();
  EXPECT_EQ(entry.state, "withheld");
  EXPECT_EQ(entry.done_at, 1001);
  EXPECT_EQ(entry.last_reply, "stopped");
  EXPECT_EQ(entry.attempts, 0) << "it was not tried";
  EXPECT_TRUE(end([](Outbox& o) { return o.retry("a", 2000); }));
  EXPECT_EQ(lease("m", 2000).size(), 1U);
}

TEST_P(OutboxTest, TheNetworkIsKept) {
  auto row = a_mail("a", "1");
  row.network = "2001:db8::/64";
  add(row);
  EXPECT_EQ(lease("m", 1000).at(0).network, "2001:db8::/64");
}

TEST_P(OutboxTest, AReplyInAnyEncodingEndsTheLease) {
  add(a_mail("a", "1"));
  lease("m", 1000);
  const std::string reply("250 \x8a\xae\x97\xb9\0 ok", 12);
  EXPECT_TRUE(end([&](Outbox& o) { return o.mark_sent("a", "m", 1001, reply); }));
}

TEST_P(OutboxTest, NoRowIsLeasedTwiceAtTheSameTime) {
  constexpr std::size_t kRows = 60;
  for (std::size_t i = 0; i < kRows; ++i) add(a_mail("row" + std::to_string(i), "1"));
  std::mutex mutex;
  std::multiset<std::string> leased;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, owner = "m" + std::to_string(thread)] {
      for (int i = 0; i < 30; ++i) {
        const auto rows = lease(owner, 1000, 3);
        const std::lock_guard lock(mutex);
        for (const auto& row : rows) leased.insert(row.id);
      }
    });
  }
  threads.clear();
  EXPECT_EQ(leased.size(), kRows);
  EXPECT_EQ(std::set<std::string>(leased.begin(), leased.end()).size(), kRows);
}

TEST_P(OutboxTest, NewestIsTheLastOneOfThatRegistration) {
  auto second = a_mail("b", "1");
  second.created_at = 1200;
  add(a_mail("a", "1"));
  add(second);
  add(a_mail("c", "2"));
  const auto newest = [&](std::string_view id) {
    return value(database->read([&](Connection& c) { return Outbox(c).newest(id); }));
  };
  EXPECT_EQ(newest("1"), 1200);
  EXPECT_EQ(newest("2"), 1000);
  EXPECT_EQ(newest("nobody"), 0);
}

INSTANTIATE_TEST_SUITE_P(, OutboxTest, testing::Values("SQLite", "PostgreSQL"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace portal
