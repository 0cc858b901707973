// The pause of the whole queue: a relay that refuses us burns no mail, and one bad mail stops no
// other.
#include <set>

#include "paused_queue.h"

namespace portal {
namespace {

TEST_F(PausedQueue, ARefusalOfUsAfterDataPausesAndShoutsAndGivesNothingUp) {
  for (const auto* id : {"a", "b", "c"}) queue(id);
  usually = kIdentity;
  Mailer mailer = office.mailer();
  testing::internal::CaptureStderr();
  EXPECT_EQ(mailer.round(never), Round::kPaused);
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_NE(log.find(" error mail_paused reason="), std::string::npos) << log;
  EXPECT_EQ(sent(), 1U);
  EXPECT_EQ(office.row("a").state, "queued");
  EXPECT_EQ(office.row("a").fault, "ours");
  for (const auto* id : {"b", "c"}) {
    EXPECT_EQ(office.row(id).attempts, 0) << id;
    EXPECT_FALSE(office.row(id).leased) << id;
  }
  ASSERT_TRUE(pause());
  EXPECT_EQ(pause()->since, office.now);
  EXPECT_EQ(pause()->until, office.now + kQueuePause);
  EXPECT_NE(pause()->reason.find("not verified"), std::string::npos);
  ASSERT_EQ(attempts("a").size(), 1U);
  EXPECT_EQ(attempts("a")[0].outcome, "blocked");
  EXPECT_EQ(attempts("a")[0].fault, "ours");
}

TEST_F(PausedQueue, HoldsForAllMailersAndForThoseThatStartLater) {
  for (const auto* id : {"a", "b", "c"}) queue(id);
  usually = kPassword;
  Mailer first = office.mailer("first");
  Mailer second = office.mailer("second");
  EXPECT_EQ(first.round(never), Round::kPaused);
  EXPECT_EQ(second.round(never), Round::kPaused);
  Mailer later = office.mailer("later");
  EXPECT_EQ(later.round(never), Round::kPaused);
  EXPECT_EQ(sent(), 1U);
  office.now += kQueuePause - 1;
  EXPECT_EQ(second.round(never), Round::kPaused);
  EXPECT_EQ(sent(), 1U);
  office.now += 1;  // one probe of all of them
  EXPECT_EQ(second.round(never), Round::kPaused);
  EXPECT_EQ(first.round(never), Round::kPaused);
  EXPECT_EQ(later.round(never), Round::kPaused);
  EXPECT_EQ(sent(), 2U);
  EXPECT_EQ(pause()->since, office.now - kQueuePause) << "it goes on";
}

TEST_F(PausedQueue, NobodyElseSendsWhileAProbeIsUnderWay) {
  for (const auto* id : {"a", "b", "c"}) queue(id);
  usually = kPassword;
  Mailer first = office.mailer("first");
  Mailer second = office.mailer("second");
  EXPECT_EQ(first.round(never), Round::kPaused);
  office.now += kQueuePause;
  office.transport.answer = [&](const Sent&) {
    office.now += mail::kLongestDelivery;
    EXPECT_EQ(second.round(never), Round::kPaused);
    return kPassword;
  };
  EXPECT_EQ(first.round(never), Round::kPaused);
  EXPECT_EQ(sent(), 2U);
}

TEST_F(PausedQueue, AMailerStopsWithinItsBatchWhenAnotherPauses) {
  for (char id = 'a'; id <= 'l'; ++id) queue(std::string(1, id));
  Mailer mailer = office.mailer();
  office.transport.answer = [&](const Sent&) {
    if (sent() == 2) {
      EXPECT_TRUE(office.database().write([&](Connection& c) {
        MailPauses(c).pause(office.now, office.now + kQueuePause, "of another mailer");
        return Done{};
      }));
    }
    return kTaken;
  };
  EXPECT_EQ(mailer.round(never), Round::kPaused);
  EXPECT_LE(sent(), kTogether);
  EXPECT_TRUE(pause()) << "what was under way before says nothing";
  EXPECT_EQ(office.row("l").attempts, 0);
  EXPECT_FALSE(office.row("l").leased);
}

TEST_F(PausedQueue, AProbeThatIsTakenOpensTheQueue) {
  for (const auto* id : {"a", "b", "c", "d"}) queue(id);
  usually = kIdentity;
  Mailer mailer = office.mailer();
  EXPECT_EQ(mailer.round(never), Round::kPaused);
  usually = kTaken;
  office.now += kQueuePause;
  testing::internal::CaptureStderr();
  EXPECT_EQ(work(mailer), Round::kNothingDue);
  EXPECT_NE(testing::internal::GetCapturedStderr().find(" mail_resumed"), std::string::npos);
  EXPECT_FALSE(pause());
  for (const auto* id : {"b", "c", "d"}) EXPECT_EQ(office.row(id).state, "sent") << id;
  office.now += kMinute;
  EXPECT_EQ(work(mailer), Round::kNothingDue);
  EXPECT_EQ(office.row("a").state, "sent");
}

TEST_F(PausedQueue, AProbeRefusedForItsOwnRecipientOpensTheQueueAndOthersDoNot) {
  for (const auto& [label, outcome, opens] :
       std::vector<std::tuple<const char*, Outcome, bool>>{{"unknown user", kUnknown, true},
                                                           {"ours", kIdentity, false},
                                                           {"password", kPassword, false},
                                                           {"no reason", kDoubt, false},
                                                           {"later", kLater, false}}) {
    Office own;
    own.queue("a", "a@example.jp");
    own.queue("b", "b@example.jp");
    own.transport.answer = [](const Sent&) { return kIdentity; };
    Mailer mailer = own.mailer();
    EXPECT_EQ(mailer.round(never), Round::kPaused) << label;
    own.now += kQueuePause;
    own.transport.answer = [&, o = outcome](const Sent&) { return o; };
    EXPECT_EQ(mailer.round(never), opens ? Round::kWorked : Round::kPaused) << label;
    EXPECT_EQ(own.transport.sent.size(), 2U) << label;
    EXPECT_EQ(own.transport.sent[1].to, "b@example.jp") << label << ": tried least";
    EXPECT_EQ(own.count("mail_pause"), opens ? 0 : 1) << label;
    EXPECT_EQ(own.row("b").state, opens ? "failed" : "queued") << label;
  }
}

// The same mail alone in the outbox: the next good mail opens the queue.
TEST_F(PausedQueue, TheProbeIsTheMailThatWasTriedLeast) {
  answers[address("poison")] = kIdentity;
  queue("poison");
  Mailer mailer = office.mailer();
  for (int minute = 0; minute < 10; ++minute) {
    EXPECT_EQ(work(mailer), Round::kPaused);
    office.now += kQueuePause;
  }
  queue("good");
  EXPECT_EQ(mailer.round(never), Round::kWorked);
  EXPECT_EQ(office.transport.sent.back().to, address("good"));
  EXPECT_FALSE(pause());
}

TEST_F(PausedQueue, ALongBlockGivesNothingUp) {
  for (const auto* id : {"a", "b", "c"}) queue(id);
  ASSERT_TRUE(office.database().write([&](Connection& c) {
    c.execute("UPDATE registration SET expires_at = $1", {office.now + 30 * kDay});
    return Done{};
  }));
  usually = kIdentity;
  Mailer mailer = office.mailer();
  const EpochSeconds start = office.now;
  while (office.now < start + 3 * kDay) {
    work(mailer);
    office.now += 10 * kMinute;
  }
  for (const auto* id : {"a", "b", "c"}) {
    EXPECT_EQ(office.row(id).state, "queued") << id;
    EXPECT_LE(office.row(id).next_attempt_at, office.now + 2 * kMinute) << id;
  }
  // Nor does the first other trouble afterwards: each still has its tries.
  usually = kLater;
  ASSERT_TRUE(office.database().write([](Connection& c) { return MailPauses(c).end(); }));
  work(mailer);
  for (const auto* id : {"a", "b", "c"}) {
    EXPECT_EQ(office.row(id).state, "queued") << id;
    EXPECT_EQ(office.row(id).next_attempt_at, office.now + 30) << id;
  }
}

TEST_F(PausedQueue, ARelayThatIsAwayForDaysGivesNothingUp) {
  queue("a");
  ASSERT_TRUE(office.database().write([&](Connection& c) {
    c.execute("UPDATE registration SET expires_at = $1", {office.now + 30 * kDay});
    return Done{};
  }));
  usually = {Kind::kTryLater, "mail.example.jp: Connection refused", MailFault::kOurs,
             Stage::kSession};
  Mailer mailer = office.mailer();
  const EpochSeconds start = office.now;
  while (office.now < start + 2 * kDay) {
    work(mailer);
    office.now += kHour;
  }
  EXPECT_EQ(office.row("a").state, "queued");
  EXPECT_EQ(office.row("a").fault, "ours");
}

TEST_F(PausedQueue, AProbeThatNobodyNeedsGivesWayToTheNext) {
  queue("a");
  usually = kIdentity;
  Mailer mailer = office.mailer();
  EXPECT_EQ(work(mailer), Round::kPaused);
  for (const auto* id : {"b", "c", "d"}) queue(id);
  ASSERT_TRUE(office.database().write([](Connection& c) {
    c.execute("DELETE FROM registration WHERE id IN ('registration-b', 'registration-c')");
    return Done{};
  }));
  usually = kTaken;
  office.now += kQueuePause;
  EXPECT_EQ(work(mailer), Round::kNothingDue);
  EXPECT_EQ(office.row("b").state, "withheld");
  EXPECT_EQ(office.row("c").state, "withheld");
  EXPECT_EQ(office.row("d").state, "sent");
  EXPECT_FALSE(pause());
}

TEST_F(PausedQueue, AMailerThatStopsBeforeItsProbeLeavesItToAnother) {
  queue("a");
  queue("b");
  usually = kIdentity;
  Mailer mailer = office.mailer();
  EXPECT_EQ(work(mailer), Round::kPaused);
  office.now += kQueuePause;
  EXPECT_EQ(mailer.round([] { return true; }), Round::kStopped);
  usually = kTaken;
  Mailer other = office.mailer("other");
  EXPECT_EQ(work(other), Round::kNothingDue);
  EXPECT_EQ(office.row("b").state, "sent");
}

// A mailer that died with its probe: another one probes when the lease is over.
TEST_F(PausedQueue, AProbeThatNeverEndedIsNotWaitedForForEver) {
  queue("a");
  queue("b");
  usually = kIdentity;
  Mailer mailer = office.mailer();
  EXPECT_EQ(work(mailer), Round::kPaused);
  office.now += kQueuePause;
  ASSERT_TRUE(office.database().write(
      [&](Connection& c) { return lease_rows(c, "dead", office.now).rows.size() == 1; }));
  EXPECT_EQ(mailer.round(never), Round::kPaused);
  usually = kTaken;
  office.now += kLease;
  EXPECT_EQ(work(mailer), Round::kNothingDue);
  EXPECT_FALSE(pause());
}

TEST_F(PausedQueue, WithNothingDueNoProbeIsUsedUp) {
  queue("a");
  usually = kIdentity;
  Mailer mailer = office.mailer();
  EXPECT_EQ(work(mailer), Round::kPaused);
  office.now += kQueuePause;  // "a" itself is due 30 s later
  EXPECT_EQ(mailer.round(never), Round::kPaused);
  usually = kTaken;
  queue("b");
  EXPECT_EQ(work(mailer), Round::kNothingDue);
  EXPECT_EQ(office.row("b").state, "sent");
}

}  // namespace
}  // namespace portal
