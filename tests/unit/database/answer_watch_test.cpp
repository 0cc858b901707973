// A server that no longer answers: whose statements are ended, and when.
#include "core/database/engine/answer_watch.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace portal {
namespace {

using namespace std::chrono_literals;

// Both ends of a connection to a server that says nothing.
struct Wire {
  Wire() { EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0); }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;
  ~Wire() {
    close(ends[0]);
    close(ends[1]);
  }
  // True if the connection was ended within this time.
  bool ended(std::chrono::milliseconds within) const {
    pollfd state = {ends[0], POLLRDHUP, 0};
    return poll(&state, 1, static_cast<int>(within.count())) == 1;
  }
  std::array<int, 2> ends = {};
};

constexpr auto kLong = 60s;  // longer than a test waits

TEST(AnswerWatch, EndsAStatementThatIsOverdue) {
  AnswerWatch watch(100ms);
  const Wire wire;
  AnswerWatch::Line line(watch, wire.ends[0]);
  const AnswerWatch::Asking asking(&line);
  EXPECT_TRUE(wire.ended(kLong / 2));
}

TEST(AnswerWatch, AStatementMayHaveALimitOfItsOwn) {
  AnswerWatch watch(kLong);
  const Wire wire;
  AnswerWatch::Line line(watch, wire.ends[0]);
  const AnswerWatch::Asking asking(&line, 100ms);
  EXPECT_TRUE(wire.ended(kLong / 2));
}

TEST(AnswerWatch, WhatWaitsForTheSameServerIsEndedSoonToo) {
  AnswerWatch watch(kLong);
  const Wire old_one;
  const Wire silent;
  const Wire since;
  const Wire migrating;
  AnswerWatch::Line old_line(watch, old_one.ends[0]);
  AnswerWatch::Line silent_line(watch, silent.ends[0]);
  AnswerWatch::Line migrating_line(watch, migrating.ends[0]);
  migrating_line.lift_limit();
  const AnswerWatch::Asking old_asking(&old_line);
  const AnswerWatch::Asking migrating_asking(&migrating_line);
  const AnswerWatch::Asking asking(&silent_line, 100ms);
  AnswerWatch::Line line_since(watch, since.ends[0]);
  const AnswerWatch::Asking asking_since(&line_since);
  EXPECT_TRUE(silent.ended(kLong / 2));
  EXPECT_TRUE(old_one.ended(kLong / 2));
  EXPECT_FALSE(since.ended(0s)) << "it may lead to another server";
  EXPECT_FALSE(migrating.ended(0s)) << "its statements may take any time";
}

TEST(AnswerWatch, WhatAsksNothingIsLeftAlone) {
  AnswerWatch watch(kLong);
  const Wire idle;
  const Wire silent;
  AnswerWatch::Line idle_line(watch, idle.ends[0]);
  AnswerWatch::Line silent_line(watch, silent.ends[0]);
  const AnswerWatch::Asking asking(&silent_line, 100ms);
  EXPECT_TRUE(silent.ended(kLong / 2));
  EXPECT_FALSE(idle.ended(0s));
}

}  // namespace
}  // namespace portal
