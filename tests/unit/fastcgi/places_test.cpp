// Who gets a place, who waits, who is refused, and when they may come again: by a clock of the
// test's.
#include "core/fastcgi/places.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace portal::fastcgi {
namespace {

using namespace std::chrono_literals;
using Need = Places::Need;
using Guest = Places::Guest;

// Two places; who has one leaves it after 100 ms.
class PlacesTest : public ::testing::Test {
 protected:
  static constexpr auto kTakes = 100ms;

  Guest guest(const std::string& name) const {
    Guest guest;
    guest.exchange.body = name;
    guest.came = now_;
    return guest;
  }

  // "served", "waits" or "refused SECONDS".
  std::string enter(const std::string& name, Need need = Need::kPlace) {
    const auto answered = places_.enter(guest(name), need, now_);
    if (!answered) return "waits";
    if (answered->exchange.come_again.count() == 0) {
      began_.push_back(now_);
      return "served";
    }
    return "refused " + std::to_string(answered->exchange.come_again.count());
  }

  // The one who has had a place for longest leaves; the name of who has it now, or "".
  std::string leave() {
    const auto next = places_.next(began_.front(), now_);
    began_.erase(began_.begin());
    if (!next) return "";
    began_.push_back(now_);
    return next->exchange.body;
  }

  // So that it is known how long a guest takes.
  void learn() {
    for (int i = 0; i < 20; ++i) {
      enter("first");
      now_ += kTakes;
      leave();
    }
  }

  int waits_until_refused(Need need) {
    int waiting = 0;
    while (enter("one of many", need) == "waits") ++waiting;
    return waiting;
  }

  Places places_{{.need = {}, .count = 2}};
  Places::Clock::time_point now_{1h};
  std::vector<Places::Clock::time_point> began_;
};

TEST_F(PlacesTest, AsManyAreServedAsThereArePlacesAndTheOthersWaitInOrder) {
  EXPECT_EQ(enter("a"), "served");
  EXPECT_EQ(enter("b"), "served");
  EXPECT_EQ(enter("c"), "waits");
  EXPECT_EQ(enter("d"), "waits");
  EXPECT_EQ(places_.load().waiting, 2U);
  EXPECT_EQ(leave(), "c");
  EXPECT_EQ(leave(), "d");
  EXPECT_EQ(leave(), "");
  EXPECT_EQ(enter("e"), "served");
  EXPECT_EQ(places_.load().waiting, 0U);
}

TEST_F(PlacesTest, AGuestKnowsHowLongItHasWaited) {
  enter("a");
  enter("b");
  enter("c");
  now_ += 70ms;
  const auto next = places_.next(began_.front(), now_);
  ASSERT_TRUE(next);
  EXPECT_EQ(next->exchange.waited, 70ms);
  EXPECT_EQ(places_.load().waited, 70ms);
}

// Two leave every 100 ms: of 38 who wait, the last is answered after 2 s.
TEST_F(PlacesTest, WhoseAnswerWouldComeTooLateIsRefusedAtOnce) {
  learn();
  enter("a");
  enter("b");
  EXPECT_EQ(waits_until_refused(Need::kPlace), 38);
  EXPECT_EQ(places_.load().refused, 1U);
}

TEST_F(PlacesTest, WhoComesAgainMayWaitLongerThanTheOthers) {
  learn();
  enter("a");
  enter("b");
  waits_until_refused(Need::kPlace);
  EXPECT_EQ(waits_until_refused(Need::kPlaceAgain), 10) << "half a second longer";
  EXPECT_TRUE(enter("newcomer").starts_with("refused"));
}

TEST_F(PlacesTest, EachIsToldAnotherTimeAsManyWithinASecondAsCanBeServed) {
  learn();
  enter("a");
  enter("b");
  waits_until_refused(Need::kPlace);  // one is refused
  std::vector<int> told(8);
  for (int i = 0; i < 100; ++i) ++told.at(std::stoul(enter("late").substr(8)));
  EXPECT_EQ(told, (std::vector{0, 0, 0, 20, 20, 20, 20, 20}));
}

TEST_F(PlacesTest, WhoComesAgainWhenToldIsServedThoughOthersGoOnComing) {
  learn();
  enter("a");
  enter("b");
  waits_until_refused(Need::kPlace);
  const auto seconds = std::stoul(enter("patient").substr(8));
  for (unsigned passed = 0; passed < seconds * 10; ++passed) {
    now_ += kTakes;
    leave();
    leave();
    while (enter("newcomer") == "waits") {
    }
  }
  EXPECT_EQ(enter("patient", Need::kPlaceAgain), "waits");
}

TEST_F(PlacesTest, WhoseTurnDoesNotComeIsRefusedAfterAll) {
  learn();
  enter("a");
  enter("b");
  enter("c");
  EXPECT_EQ(places_.until_overdue(now_), 2500ms);
  now_ += 2499ms;
  EXPECT_FALSE(places_.overdue(now_));
  now_ += 1ms;
  EXPECT_EQ(places_.until_overdue(now_), 0ms);
  const auto overdue = places_.overdue(now_);
  ASSERT_TRUE(overdue);
  EXPECT_EQ(overdue->exchange.body, "c");
  EXPECT_GT(overdue->exchange.come_again, 0s);
  EXPECT_FALSE(places_.until_overdue(now_));
}

// Nobody has left yet, and the guess of before is wrong.
TEST_F(PlacesTest, PlacesThatStandStillAreSeenBeforeAnybodyLeaves) {
  learn();
  enter("a");
  enter("b");
  now_ += 1500ms;
  EXPECT_EQ(enter("c"), "refused 1") << "by the usual pace, once they get on";
}

TEST_F(PlacesTest, OneThatStandsStillDoesNotHoldUpTheOthers) {
  learn();
  enter("slow");
  enter("b");
  for (int i = 0; i < 30; ++i) {
    now_ += kTakes;
    const auto b = began_.back();
    began_.pop_back();
    EXPECT_FALSE(places_.next(b, now_));
    EXPECT_EQ(enter("another"), "served");
  }
  EXPECT_EQ(enter("c"), "waits");
}

TEST_F(PlacesTest, NoMoreWaitThanThereAreDescriptorsFor) {
  for (int i = 0; i < 20; ++i) {
    enter("a quick one");
    leave();
  }
  enter("a");
  enter("b");
  EXPECT_EQ(waits_until_refused(Need::kPlace), 512);
}

// 512 at once, then 300 a second, and nobody later than after a second.
TEST_F(PlacesTest, AStormOfRefusalsIsSlowedDown) {
  learn();
  enter("a");
  enter("b");
  waits_until_refused(Need::kPlace);  // one is refused
  for (int i = 1; i < 512; ++i) EXPECT_TRUE(enter("at once").starts_with("refused")) << i;
  for (int i = 0; i < 200; ++i) EXPECT_EQ(enter("later"), "waits") << i;
  EXPECT_FALSE(places_.overdue(now_));
  EXPECT_LT(places_.until_overdue(now_), 4ms);
  now_ += 335ms;
  int refused = 0;
  while (const auto guest = places_.overdue(now_)) {
    EXPECT_EQ(guest->exchange.body, "later");
    EXPECT_GT(guest->exchange.come_again, 0s);
    ++refused;
  }
  EXPECT_EQ(refused, 100);
  now_ += 1s;
  while (places_.overdue(now_)) ++refused;
  EXPECT_EQ(refused, 200);
  EXPECT_EQ(places_.load().refused, 712U);
}

TEST_F(PlacesTest, NobodyIsSentAwayForLongerThanTwentySeconds) {
  learn();
  enter("a");
  enter("b");
  waits_until_refused(Need::kPlace);
  std::string last;
  for (int i = 0; i < 5000; ++i) {
    now_ += 4ms;  // no storm
    last = enter("one of many");
  }
  EXPECT_EQ(last, "refused 20");
  now_ += 20s;
  while (leave() != "") now_ += kTakes / 2;
  EXPECT_EQ(enter("the next morning"), "served");
}

}  // namespace
}  // namespace portal::fastcgi
