// How much mail an address was sent, and whether it asked for no more. On both databases.
#include <algorithm>
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
  std::int64_t within_hour(const std::string& key, EpochSeconds now, std::string_view but = "") {
    return on([&](MailAddresses& a) { return hour_of(a.prepared(key, now, but)); });
  }
  static std::int64_t hour_of(const std::vector<PreparedMails>& prepared) {
    std::int64_t sum = 0;
    for (const PreparedMails& mails : prepared) sum += mails.within_hour;
    return sum;
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
  EXPECT_EQ(within_hour(kKey, kNow + 2000), 2);
  EXPECT_EQ(within_hour(kKey, kNow + 2000, "second"), 1);
  EXPECT_EQ(within_hour(kKey, kNow + 600 + kHour - 1), 2);
  EXPECT_EQ(within_hour(kKey, kNow + 600 + kHour), 1);
  EXPECT_EQ(within_hour(kKey, kNow + 1200 + kHour), 0);
  EXPECT_EQ(within_hour("other", kNow), 0);
  EXPECT_EQ(within_hour(kKey, kNow + 1199), 2) << "the clocks of two nodes";
  EXPECT_EQ(within_hour(kKey, kNow + 700), 1) << "before the clock was set back";
  EXPECT_TRUE(on([](MailAddresses& a) { return a.was_prepared(kKey, "first"); }));
  EXPECT_FALSE(on([](MailAddresses& a) { return a.was_prepared(kKey, "third"); }));
  EXPECT_FALSE(on([](MailAddresses& a) { return a.was_prepared("other", "first"); }));
}

TEST_P(MailAddressesTest, MailsAreToldApartByCauseAndLetter) {
  const auto add = [&](const std::string& id, const std::string& cause, const std::string& letter,
                       EpochSeconds at) {
    on([&](MailAddresses& a) { return a.add_link({id, id, kKey, "", at, cause, letter}), 0; });
  };
  add("a", "192.0.2.1", "reset x", kNow - 2 * kHour);
  add("b", "192.0.2.1", "reset x", kNow - 10);
  add("c", "192.0.2.1", "activation y", kNow);
  add("d", "192.0.2.2", "reset x", kNow);
  add("e", "192.0.2.2", "reset x", kNow - kDay);
  auto prepared = on([](MailAddresses& a) { return a.prepared(kKey, kNow, ""); });
  std::ranges::sort(prepared, {}, [](const PreparedMails& m) { return m.cause + m.letter; });
  ASSERT_EQ(prepared.size(), 3U);
  EXPECT_EQ(prepared[0].letter, "activation y");
  EXPECT_EQ(prepared[1].cause, "192.0.2.1");
  EXPECT_EQ(prepared[1].within_hour, 1);
  EXPECT_EQ(prepared[1].within_day, 2);
  EXPECT_EQ(prepared[1].newest, kNow - 10);
  EXPECT_EQ(prepared[2].within_day, 1) << "a day ago is over";
}

TEST_P(MailAddressesTest, ATagMakesNoOtherAddress) {
  const auto tagged = [](MailAddresses& a) {
    a.add_link({"h", "mail", "hanako+shop@example.jp", "", kNow});
    a.stop("hanako+news@example.jp", kNow, kNow + kDay);
    return a.stopped_until("hanako+other@example.jp");
  };
  EXPECT_EQ(on(tagged), kNow + kDay);
  EXPECT_EQ(within_hour("hanako+x@example.jp", kNow), 1);
  EXPECT_EQ(stopped_until(), kNow + kDay);
  EXPECT_TRUE(on([](MailAddresses& a) { return a.was_prepared(kKey, "mail"); }));
  EXPECT_TRUE(on([](MailAddresses& a) { return a.resume("hanako+z@example.jp"); }));
  EXPECT_EQ(prepare(kNow), 0);
}

TEST_P(MailAddressesTest, TheFloodedAreToldByNumber) {
  for (int i = 0; i < 12; ++i) add_link("h" + std::to_string(i), std::to_string(i), kNow);
  on([](MailAddresses& a) { return a.add_link({"o", "o", "other", "", kNow}), 0; });
  const auto flooded = [&](EpochSeconds now) {
    return on([&](MailAddresses& a) { return a.flooded(kFloodOfAddress, now, 9); });
  };
  ASSERT_EQ(flooded(kNow).size(), 1U);
  EXPECT_EQ(flooded(kNow)[0].email_key, kKey);
  EXPECT_EQ(flooded(kNow)[0].mails, 12);
  EXPECT_TRUE(flooded(kNow + kHour).empty());
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
          if (hour_of(a.prepared(kKey, kNow, id)) >= 3) return 0;
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
