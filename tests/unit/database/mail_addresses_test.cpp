// How much mail an address was sent, and whether it asked for no more. On both databases.
#include <atomic>
#include <thread>

#include "core/registration/policy.h"
#include "support/test_database.h"

namespace portal {
namespace {

constexpr EpochSeconds kNow = 1'700'000'000;
const std::string kKey = "hanako@example.jp";

class MailAddressesTest : public EachDatabase {
 protected:
  template <class F>
  auto on(const F& function) {
    return value(database->write([&](Connection& c) {
      MailAddresses addresses(c);
      return function(addresses);
    }));
  }
  void add_link(const std::string& hash, const std::string& outbox_id, EpochSeconds at) {
    on([&](MailAddresses& a) { return a.add_link({hash, outbox_id, kKey, "1", at}), 0; });
  }
  EpochSeconds prepare(EpochSeconds now) {
    return on([&](MailAddresses& a) { return a.prepare(kKey, now); });
  }
  void stop(EpochSeconds until) {
    on([&](MailAddresses& a) { return a.stop(kKey, kNow, until), 0; });
  }
  EpochSeconds stopped_until() {
    return on([](MailAddresses& a) { return a.stopped_until(kKey); });
  }
};

TEST_P(MailAddressesTest, AnAddressMayUntilItIsStopped) {
  EXPECT_EQ(stopped_until(), 0);
  EXPECT_EQ(prepare(kNow), 0);
  stop(kNow + kMailStop);
  EXPECT_EQ(stopped_until(), kNow + kMailStop);
  EXPECT_EQ(prepare(kNow + 1), kNow + kMailStop);
  EXPECT_EQ(prepare(kNow + kMailStop - 1), kNow + kMailStop);
  EXPECT_EQ(prepare(kNow + kMailStop), 0) << "it is over";
}

TEST_P(MailAddressesTest, AStopNeedsNoMailBefore) {
  stop(kNow + kDay);
  EXPECT_EQ(prepare(kNow), kNow + kDay);
  EXPECT_EQ(on([](MailAddresses& a) { return a.prepare("other@example.jp", kNow); }), 0);
}

TEST_P(MailAddressesTest, AStopCanBeEnded) {
  EXPECT_FALSE(on([](MailAddresses& a) { return a.resume(kKey); }));
  stop(kNow + kDay);
  EXPECT_TRUE(on([](MailAddresses& a) { return a.resume(kKey); }));
  EXPECT_FALSE(on([](MailAddresses& a) { return a.resume(kKey); }));
  EXPECT_EQ(prepare(kNow), 0);
}

TEST_P(MailAddressesTest, AMailThatIsPreparedTwiceIsOne) {
  add_link("h1", "first", kNow);
  add_link("h2", "first", kNow + 600);
  add_link("h3", "second", kNow + 1200);
  const auto since = [&](EpochSeconds at, std::string_view but) {
    const EpochSeconds now = kNow + 2000;
    return on([&](MailAddresses& a) { return a.prepared_within(kKey, now - at + 1, now, but); });
  };
  EXPECT_EQ(since(kNow, ""), 2);
  EXPECT_EQ(since(kNow, "second"), 1);
  EXPECT_EQ(since(kNow + 600, ""), 2);
  EXPECT_EQ(since(kNow + 601, ""), 1);
  EXPECT_EQ(since(kNow + 1201, ""), 0);
  const auto of = [&](const std::string& key, EpochSeconds now) {
    return on([&](MailAddresses& a) { return a.prepared_within(key, kHour, now, ""); });
  };
  EXPECT_EQ(of("other", kNow), 0);
  EXPECT_EQ(of(kKey, kNow + 1200), 2);
  EXPECT_EQ(of(kKey, kNow + 1199), 2) << "the clocks of two nodes";
  EXPECT_EQ(of(kKey, kNow + 700), 1) << "before the clock was set back";
  EXPECT_TRUE(on([](MailAddresses& a) { return a.was_prepared(kKey, "first"); }));
  EXPECT_FALSE(on([](MailAddresses& a) { return a.was_prepared(kKey, "third"); }));
  EXPECT_FALSE(on([](MailAddresses& a) { return a.was_prepared("other", "first"); }));
}

TEST_P(MailAddressesTest, ALinkIsFoundByItsHash) {
  add_link("h1", "first", kNow);
  const auto link = on([](MailAddresses& a) { return a.find_link("h1"); });
  ASSERT_TRUE(link);
  EXPECT_EQ(link->outbox_id, "first");
  EXPECT_EQ(link->email_key, kKey);
  EXPECT_EQ(link->registration_id, "1");
  EXPECT_EQ(link->sent_at, kNow);
  EXPECT_FALSE(on([](MailAddresses& a) { return a.find_link("h"); }));
}

// Each looks, then adds: one that did not wait for the other would be one too many.
TEST_P(MailAddressesTest, EightAtOncePrepareNoMoreThanThereMayBe) {
  std::atomic<int> prepared = 0;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 3; ++i) {
        const std::string id = std::to_string(thread) + "-" + std::to_string(i);
        prepared += on([&](MailAddresses& a) {
          a.prepare(kKey, kNow);
          if (a.prepared_within(kKey, 1, kNow, id) >= 3) return 0;
          a.add_link({id, id, kKey, "1", kNow});
          return 1;
        });
      }
    });
  }
  threads.clear();
  EXPECT_EQ(prepared, 3);
}

TEST_P(MailAddressesTest, PurgeLeavesWhatIsYoungOrStopped) {
  add_link("old", "a", kNow - 100);
  add_link("older", "b", kNow - 200);
  add_link("new", "c", kNow);
  const auto purge_links = [&](int most) {
    return on([&](MailAddresses& a) { return a.purge_links(kNow, most); });
  };
  EXPECT_EQ(purge_links(1), 1);
  EXPECT_EQ(purge_links(9), 1);
  EXPECT_TRUE(on([](MailAddresses& a) { return a.find_link("new"); }));

  prepare(kNow);
  on([](MailAddresses& a) { return a.prepare("young", kNow + 100), 0; });
  on([](MailAddresses& a) { return a.stop("stopped", kNow, kNow + 500), 0; });
  const auto purge = [&](EpochSeconds now, int most) {
    return on([&](MailAddresses& a) { return a.purge(kNow + 100, now, most); });
  };
  EXPECT_EQ(purge(kNow + 499, 9), 1);
  EXPECT_EQ(on([](MailAddresses& a) { return a.stopped_until("stopped"); }), kNow + 500);
  EXPECT_EQ(purge(kNow + 500, 9), 1) << "the stop is over";
  EXPECT_EQ(purge(kNow + 500, 9), 0) << "the other is young";
}

INSTANTIATE_TEST_SUITE_P(, MailAddressesTest, testing::Values("SQLite", "PostgreSQL"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace portal
