// The clock is set back while mails wait: none of them waits for the old time, and no mail is sent
// twice for it.
#include <gtest/gtest.h>

#include "core/database/engine/connection.h"
#include "core/database/mail/mail_pause.h"
#include "core/registration/policy.h"
#include "mailer/chores.h"
#include "office.h"

namespace portal {
namespace {

using Kind = mail::Outcome::Kind;
using Round = Mailer::Round;

class ClockSetBack : public testing::Test {
 protected:
  template <class F>
  void on(const F& function) {
    const auto done = office.database().write([&](Connection& connection) {
      function(connection);
      return Done{};
    });
    EXPECT_TRUE(done) << (done ? "" : done.error().message);
  }
  // As the mailer's loop does it, for a time.
  int sent_within(EpochSeconds time) {
    const auto before = office.transport.sent.size();
    for (const EpochSeconds end = office.now + time; office.now <= end; ++office.now) {
      chores.do_if_due();
      while (mailer.round(never) == Round::kWorked) {
      }
    }
    return static_cast<int>(office.transport.sent.size() - before);
  }

  Office office;
  Mailer mailer = office.mailer();
  Chores chores{office.database(), office.metrics, [this] { return office.now; }};
};

TEST_F(ClockSetBack, WhatWaitsIsSentAtOnce) {
  for (const EpochSeconds back : {kMinute, kHour, 365 * kDay}) {
    chores.do_if_due();
    office.transport.answer = [](const Sent&) {
      return mail::Outcome{Kind::kTryLater, "450 later"};
    };
    office.queue("tried" + std::to_string(back), "taro@example.jp");
    mailer.round(never);
    office.transport.answer = nullptr;
    office.queue("fresh" + std::to_string(back), "hanako@example.jp");
    office.now -= back;
    EXPECT_EQ(sent_within(kChoresEvery), 2) << back;
    EXPECT_EQ(office.row("tried" + std::to_string(back)).state, "sent");
  }
}

TEST_F(ClockSetBack, ARightWaitIsKept) {
  office.transport.answer = [](const Sent&) { return mail::Outcome{Kind::kTryLater, "450"}; };
  office.queue("row", "taro@example.jp");
  mailer.round(never);
  office.now += kClockSlack + 1;
  const EpochSeconds next = office.row("row").next_attempt_at;
  chores.do_if_due();
  EXPECT_EQ(office.row("row").next_attempt_at, next);
}

TEST_F(ClockSetBack, ADeadMailersLeaseEndsAsOneThatBeginsNow) {
  office.queue("row", "taro@example.jp");
  on([&](Connection& connection) { Outbox(connection).lease("dead", office.now, kLease, 9); });
  office.now -= kDay;
  EXPECT_EQ(sent_within(kChoresEvery), 0) << "its owner may be at work";
  EXPECT_EQ(sent_within(kLease), 1);
}

TEST_F(ClockSetBack, TheMailUnderWayIsSentOnce) {
  office.queue("row", "taro@example.jp");
  office.transport.answer = [&](const Sent&) {
    office.now -= kHour;
    chores.do_if_due();
    EXPECT_EQ(office.mailer("another").round(never), Round::kNothingDue);
    return mail::Outcome{Kind::kDelivered, "250"};
  };
  mailer.round(never);
  EXPECT_EQ(office.row("row").state, "sent");
  EXPECT_EQ(sent_within(kLease), 0);
}

TEST_F(ClockSetBack, APauseOfTheQueueEnds) {
  office.queue("row", "taro@example.jp");
  on([&](Connection& c) { MailPauses(c).pause(office.now, office.now + kQueuePause, "554 no"); });
  office.now -= kDay;
  EXPECT_EQ(sent_within(kLease + kClockSlack + kChoresEvery), 1);
}

TEST_F(ClockSetBack, MailsOfAnotherTimeCountForNoLimit) {
  office.set("mail.limit.address_hour", "1");
  Mailer strict = office.mailer();
  for (const char* id : {"before", "after"}) {
    office.queue(id, "taro@example.jp");
    strict.round(never);
    EXPECT_EQ(office.row(id).state, "sent") << id;
    office.now -= kHour;
  }
}

}  // namespace
}  // namespace portal
