// How long a try has to wait. On both databases.
#include <atomic>
#include <thread>

#include "core/database/engine/connection.h"
#include "support/test_database.h"

namespace portal {
namespace {

constexpr EpochSeconds kNow = 1'700'000'000;

class ThrottlesTest : public EachDatabase {
 protected:
  Throttles::Taken take(std::string_view key, EpochSeconds now, const ThrottlePolicy& policy) {
    return value(
        database->write([&](Connection& c) { return Throttles(c).take(key, now, policy); }));
  }
  template <class F>
  auto on(const F& function) {
    return value(database->write([&](Connection& c) {
      Throttles throttles(c);
      return function(throttles);
    }));
  }
};

// After each try: how long the next one has to wait.
TEST_P(ThrottlesTest, WaitsDoubleUpToThePause) {
  const struct {
    const char* label;
    ThrottlePolicy policy;
    std::vector<EpochSeconds> waits;
  } cases[] = {
      {"three free, pause at ten", {3, 10, 900, 3600}, {0, 0, 0, 1, 2, 4, 8, 16, 32, 900, 900}},
      {"none free", {0, 4, 60, 3600}, {1, 2, 4, 60}},
      {"the pause comes at once", {0, 1, 60, 3600}, {60, 60}},
      {"the pause follows the free ones", {2, 3, 60, 3600}, {0, 0, 60, 60}},
      {"doubling never exceeds the pause", {1, 100, 10, 3600}, {0, 1, 2, 4, 8, 10, 10, 10}},
      {"it only counts", {1'000'000'000, 1'000'000'001, 0, 3600}, {0, 0, 0, 0}},
  };
  for (const auto& test : cases) {
    EpochSeconds now = kNow;
    int tries = 0;
    for (const EpochSeconds wait : test.waits) {
      const auto taken = take(test.label, now, test.policy);
      EXPECT_EQ(taken.wait, 0) << test.label << " " << tries;
      EXPECT_EQ(taken.tries, ++tries) << test.label;
      if (wait > 0) {  // a try that comes too early says how long, and does not count
        EXPECT_EQ(take(test.label, now, test.policy).wait, wait) << test.label << " " << tries;
        const auto early = take(test.label, now + wait - 1, test.policy);
        EXPECT_EQ(early.wait, 1) << test.label << " " << tries;
        EXPECT_EQ(early.tries, tries) << test.label;
      }
      now += wait;
    }
  }
}

TEST_P(ThrottlesTest, AWindowEndsAndAllBeginsAnew) {
  constexpr ThrottlePolicy kPolicy = {1, 5, 900, 3600};
  EXPECT_EQ(take("key", kNow, kPolicy).tries, 1);
  EXPECT_EQ(take("key", kNow + 3599, kPolicy).tries, 2);
  EXPECT_EQ(take("key", kNow + 3600, kPolicy).tries, 1) << "the window is over";
  EXPECT_EQ(take("key", kNow + 3600, kPolicy).tries, 2);
  EXPECT_EQ(take("key", kNow + 3600, kPolicy).wait, 1) << "and a new one began with that try";
}

TEST_P(ThrottlesTest, APauseOutlivesItsWindow) {
  constexpr ThrottlePolicy kPolicy = {1, 2, 900, 1000};
  take("key", kNow, kPolicy);
  EXPECT_EQ(take("key", kNow + 999, kPolicy).tries, 2);
  EXPECT_EQ(take("key", kNow + 1000, kPolicy).wait, 899);
  EXPECT_EQ(take("key", kNow + 1899, kPolicy).tries, 1);
}

TEST_P(ThrottlesTest, SuccessForgetsThatKeyOnly) {
  constexpr ThrottlePolicy kPolicy = {0, 3, 900, 3600};
  take("account:a|1", kNow, kPolicy);
  take("account:a|2", kNow, kPolicy);
  on([](Throttles& t) { return t.forget("account:a|1"), 0; });
  EXPECT_EQ(take("account:a|1", kNow, kPolicy).tries, 1);
  EXPECT_EQ(take("account:a|2", kNow, kPolicy).wait, 1);
}

TEST_P(ThrottlesTest, TheLongestWaitOfAnAccountIsFound) {
  constexpr ThrottlePolicy kPolicy = {0, 2, 900, 3600};
  const auto blocked = [&](std::string_view prefix) {
    return on([&](Throttles& t) { return t.blocked_until(prefix); });
  };
  EXPECT_EQ(blocked("account:a|"), 0);
  take("account:a|1", kNow, kPolicy);
  take("account:a|2", kNow + 10, kPolicy);
  take("account:a|2", kNow + 20, kPolicy);
  take("account:b|1", kNow + 500, kPolicy);
  EXPECT_EQ(blocked("account:a|"), kNow + 920);
}

TEST_P(ThrottlesTest, AllKeysOfAnAccountAreForgotten) {
  constexpr ThrottlePolicy kPolicy = {0, 3, 900, 3600};
  for (const char* key : {"account:a_b|1", "account:a_b|2", "account:axb|1", "network:a_b"}) {
    take(key, kNow, kPolicy);
  }
  EXPECT_EQ(on([](Throttles& t) { return t.forget_all("account:a_b"); }), 2);
  EXPECT_EQ(on([](Throttles& t) { return t.forget_all("account:a_b"); }), 0);
  EXPECT_EQ(take("account:axb|1", kNow, kPolicy).wait, 1) << "_ is no wildcard";
}

TEST_P(ThrottlesTest, KeysThatOnlyStandBesideThoseOfAnAccountAreKept) {
  constexpr ThrottlePolicy kPolicy = {0, 3, 900, 3600};
  const char* const others[] = {"account:A", "account:a", "account:A}", "account:A{1",
                                "account:B|"};
  for (const std::int64_t schema : {11, 12}) {
    for (const char* key : {"account:A|", "account:A|192.0.2.1", "account:A|~", "account:A|施"}) {
      take(key, kNow, kPolicy);
    }
    for (const char* key : others) take(key, kNow, kPolicy);
    const int forgotten = value(database->write([&](Connection& c) {
      c.set_schema(schema);
      return Throttles(c).forget_all("account:A|");
    }));
    EXPECT_EQ(forgotten, 4) << schema;
    for (const char* key : others) {
      EXPECT_EQ(take(key, kNow, kPolicy).wait, 1) << key;
      on([&](Throttles& t) { return t.forget(key), 0; });
    }
  }
}

TEST_P(ThrottlesTest, AClockThatIsSetBackHoldsNobodyUp) {
  constexpr ThrottlePolicy kPolicy = {0, 1, 900, 3600};
  constexpr Limit kOne = {1, 3600};
  const struct {
    const char* label;
    EpochSeconds back;
    bool held_up;
  } cases[] = {{"not at all", 0, true},
               {"the clocks of two nodes", kClockSlack, true},
               {"an hour", kHour, false},
               {"a year", 365 * kDay, false}};
  for (const auto& test : cases) {
    const std::string key = test.label;
    take(key, kNow, kPolicy);
    EXPECT_EQ(take(key, kNow - test.back, kPolicy).wait > 0, test.held_up) << key;
    const auto count = [&](EpochSeconds now) {
      return on([&](Throttles& t) { return t.count("count " + key, now, kOne); });
    };
    EXPECT_EQ(count(kNow), 0) << key;
    EXPECT_EQ(count(kNow - test.back) > 0, test.held_up) << key;
  }
}

TEST_P(ThrottlesTest, PurgeTakesOldWindows) {
  constexpr ThrottlePolicy kPolicy = {1, 3, 900, 3600};
  take("old", kNow - 100, kPolicy);
  take("older", kNow - 200, kPolicy);
  take("new", kNow, kPolicy);
  EXPECT_EQ(on([](Throttles& t) { return t.purge(kNow, 1); }), 1);
  EXPECT_EQ(on([](Throttles& t) { return t.purge(kNow, 10); }), 1);
  EXPECT_EQ(take("new", kNow, kPolicy).tries, 2);
}

TEST_P(ThrottlesTest, EightAtOnceHaveNoMoreTriesThanOne) {
  constexpr ThrottlePolicy kPolicy = {5, 6, 900, 3600};
  std::atomic<int> went_ahead = 0;
  std::atomic<int> sum = 0;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 5; ++i) {
        const auto taken = take("key", kNow, kPolicy);
        if (taken.wait > 0) continue;
        ++went_ahead;
        sum += taken.tries;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(went_ahead, 6);
  EXPECT_EQ(sum, 1 + 2 + 3 + 4 + 5 + 6);
}

TEST_P(ThrottlesTest, CountsUpToTheLimitOfAWindowAndSaysHowLongToWait) {
  constexpr Limit kTwo = {2, 3600};
  const auto count = [&](std::string_view key, EpochSeconds now) {
    return on([&](Throttles& t) { return t.count(key, now, kTwo); });
  };
  EXPECT_EQ(count("key", kNow), 0);
  EXPECT_EQ(count("key", kNow + 600), 0);
  EXPECT_EQ(count("key", kNow + 600), 3000);
  EXPECT_EQ(count("key", kNow + 3599), 1) << "what found no room is not counted";
  EXPECT_EQ(count("other", kNow + 600), 0);
  EXPECT_EQ(count("key", kNow + 3600), 0) << "a new window";
  EXPECT_EQ(count("key", kNow + 3600), 0);
  EXPECT_EQ(count("key", kNow + 3600), 3600);
}

TEST_P(ThrottlesTest, ARightTryGivesBackItselfAlone) {
  constexpr Limit kTwo = {2, 3600};
  const auto count = [&](EpochSeconds now) {
    return on([&](Throttles& t) { return t.count("key", now, kTwo); });
  };
  const auto give_back = [&](EpochSeconds taken_at) {
    on([&](Throttles& t) { return t.give_back("key", taken_at), 0; });
  };
  EXPECT_EQ(count(kNow), 0);
  EXPECT_EQ(count(kNow), 0);
  give_back(kNow);
  EXPECT_EQ(count(kNow), 0) << "one came back";
  EXPECT_EQ(count(kNow), 3600) << "and no more than one";
  EXPECT_EQ(count(kNow + 3600), 0) << "a new window";
  give_back(kNow);
  EXPECT_EQ(count(kNow + 3600), 0) << "which does not have the try of the old one";
  EXPECT_EQ(count(kNow + 3600), 3600);
  for (int i = 0; i < 5; ++i) give_back(kNow + 3600);
  EXPECT_EQ(count(kNow + 3600), 0);
  EXPECT_EQ(count(kNow + 3600), 0);
  EXPECT_EQ(count(kNow + 3600), 3600) << "never less than none";
}

TEST_P(ThrottlesTest, ARightTryEndsTheWaitThatItBegan) {
  constexpr ThrottlePolicy kPolicy = {1, 9, 900, 3600};
  const auto give_back = [&](int number) {
    on([&](Throttles& t) { return t.give_back("key", kNow, number, kPolicy.free), 0; });
  };
  EXPECT_EQ(take("key", kNow, kPolicy).tries, 1);
  EXPECT_EQ(take("key", kNow, kPolicy).tries, 2);
  EXPECT_EQ(take("key", kNow, kPolicy).wait, 1);
  give_back(2);
  EXPECT_EQ(take("key", kNow, kPolicy).tries, 2) << "as if there had been no second one";
  EXPECT_EQ(take("key", kNow + 1, kPolicy).tries, 3);
  EXPECT_EQ(take("key", kNow + 1, kPolicy).wait, 2);
  give_back(2);
  EXPECT_EQ(take("key", kNow + 1, kPolicy).wait, 2) << "the wait of another try stays";
  give_back(1);
  EXPECT_EQ(take("key", kNow + 1, kPolicy).tries, 2) << "a single one remains, which is free";
}

TEST_P(ThrottlesTest, GuessersGainNothingByRightTriesInBetween) {
  constexpr Limit kTen = {10, 3600};
  std::atomic<int> wrong = 0;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 10; ++i) {
        if (on([&](Throttles& t) { return t.count("key", kNow, kTen); }) > 0) continue;
        const bool right = i % 2 == 0;
        if (right) on([&](Throttles& t) { return t.give_back("key", kNow), 0; });
        if (!right) ++wrong;
      }
    });
  }
  threads.clear();
  EXPECT_LE(wrong, 10);
  while (on([&](Throttles& t) { return t.count("key", kNow, kTen); }) == 0) ++wrong;
  EXPECT_EQ(wrong, 10);
}

TEST_P(ThrottlesTest, AllAreCountedOrNone) {
  const auto count_all = [&](std::vector<Throttles::Counted> keys, EpochSeconds now) {
    return on([&](Throttles& t) { return t.count_all(keys, now); });
  };
  const Throttles::Counted one = {"one", {1, 3600}};
  const Throttles::Counted two = {"two", {2, 3600}};
  EXPECT_FALSE(count_all({two, one}, kNow));
  const auto full = count_all({two, one}, kNow + 600);
  ASSERT_TRUE(full);
  EXPECT_EQ(full->which, 1U);
  EXPECT_EQ(full->wait, 3000);
  EXPECT_FALSE(count_all({two}, kNow + 600)) << "it still has room for its second";
  EXPECT_TRUE(count_all({two}, kNow + 600));
  EXPECT_FALSE(count_all({}, kNow));
}

TEST_P(ThrottlesTest, AWindowDoesNotBeginWithOneThatWasTakenBack) {
  const Throttles::Counted counted = {"key", {1, 3600}};
  const Throttles::Counted full = {"full", {1, 7200}};
  const auto count_all = [&](std::vector<Throttles::Counted> keys, EpochSeconds now) {
    return on([&](Throttles& t) { return t.count_all(keys, now); });
  };
  EXPECT_FALSE(count_all({full}, kNow));
  EXPECT_TRUE(count_all({counted, full}, kNow));
  EXPECT_FALSE(count_all({counted}, kNow + 1800));
  const auto again = count_all({counted}, kNow + 3600);
  ASSERT_TRUE(again) << "its window began with the one that was counted";
  EXPECT_EQ(again->wait, 1800);
}

TEST_P(ThrottlesTest, EightAtOnceCountNoMoreThanThereMayBe) {
  const std::vector<Throttles::Counted> keys = {{"clinic", {100, 3600}}, {"system", {7, 3600}}};
  std::atomic<int> counted = 0;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 5; ++i) {
        if (!on([&](Throttles& t) { return t.count_all(keys, kNow); })) ++counted;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(counted, 7);
  EXPECT_EQ(on([](Throttles& t) {
              return t.count("clinic", kNow, {8, 3600});
            }),
            0)
      << "of those in vain none is left";
  EXPECT_EQ(on([](Throttles& t) { return t.count("clinic", kNow, {8, 3600}); }), 3600);
}

TEST_P(ThrottlesTest, ALockLeavesWhatIsCounted) {
  constexpr Limit kOne = {1, 3600};
  on([](Throttles& t) { return t.lock("key"), 0; });
  EXPECT_EQ(on([&](Throttles& t) { return t.count("key", kNow, kOne); }), 0);
  on([](Throttles& t) { return t.lock("key"), 0; });
  EXPECT_EQ(on([&](Throttles& t) { return t.count("key", kNow + 60, kOne); }), 3540);
}

TEST_P(ThrottlesTest, WhoHasTheLockIsAlone) {
  std::atomic<int> inside = 0;
  std::atomic<int> together = 0;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 10; ++i) {
        on([&](Throttles& t) {
          t.lock("key");
          if (++inside > 1) ++together;
          std::this_thread::yield();
          --inside;
          return 0;
        });
      }
    });
  }
  threads.clear();
  EXPECT_EQ(together, 0);
}

INSTANTIATE_TEST_SUITE_P(, ThrottlesTest, testing::Values("SQLite", "PostgreSQL"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace portal
